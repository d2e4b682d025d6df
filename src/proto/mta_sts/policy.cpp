#include <algorithm>
#include <charconv>
#include <postrider/core/ascii.hpp>
#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/proto/mta_sts/policy.hpp>
#include <utility>

namespace postrider::mta_sts {
namespace {

constexpr std::string_view version = "STSv1";
constexpr std::size_t longest_id = 32;
constexpr std::chrono::seconds longest_age{31'557'600};

std::string_view trimmed(std::string_view text) {
    auto const is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// Cuts the text up to `end` off its front; the whole where there is none.
std::string_view take(std::string_view& text, char end) {
    auto const part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return part;
}

std::string_view domain_without_dot(std::string_view domain) {
    if (domain.ends_with('.')) domain.remove_suffix(1);
    return domain;
}

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_id && std::all_of(text.begin(), text.end(), ascii::is_alnum);
}

bool announces(std::string_view record) {
    auto const field = trimmed(take(record, ';'));
    return field == "v=STSv1";
}

bool is_host(std::string_view name) {
    bool const fitting = std::all_of(name.begin(), name.end(),
                                     [](char c) { return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_'; });
    return fitting && !name.empty() && name.front() != '.' && name.back() != '.' && name.find("..") == name.npos;
}

/// What has been read of a file so far.
struct reader {
    policy read;
    bool has_version = false, has_mode = false, has_max_age = false;
    std::string& why;

    bool complain(std::string what) const {
        why = std::move(what);
        return false;
    }

    bool take_line(std::string_view line) {
        auto rest = line;
        auto const key = trimmed(take(rest, ':')), value = trimmed(rest);
        if (key == "version") return take_version(value);
        if (key == "mode") return std::exchange(has_mode, true) || take_mode(value);
        if (key == "max_age") return std::exchange(has_max_age, true) || take_max_age(value);
        return key != "mx" || take_pattern(value);
    }

    bool take_version(std::string_view value) {
        if (std::exchange(has_version, true) || value == version) return true;
        return complain("the version is not STSv1");
    }

    bool take_mode(std::string_view value) {
        if (value == "enforce")
            read.mode = mode::enforce;
        else if (value == "testing")
            read.mode = mode::testing;
        else if (value == "none")
            read.mode = mode::none;
        else
            return complain("the mode is neither enforce, testing nor none");
        return true;
    }

    bool take_max_age(std::string_view value) {
        std::int64_t seconds = 0;
        auto const [end, ec] = std::from_chars(value.data(), value.data() + value.size(), seconds);
        bool const is_number = ec == std::errc() && end == value.data() + value.size() && seconds >= 0;
        if (!is_number) return complain("max_age is no number of seconds");
        read.max_age = std::min(std::chrono::seconds(seconds), longest_age);
        return true;
    }

    bool take_pattern(std::string_view value) {
        auto name = domain_without_dot(value);
        if (name.starts_with("*.")) name.remove_prefix(2);
        if (!is_host(name)) return complain("an mx line names no host");
        read.patterns.push_back(ascii::lower(domain_without_dot(value)));
        return true;
    }

    bool is_whole() const {
        if (!has_version) return complain("the version is missing");
        if (!has_mode) return complain("the mode is missing");
        if (!has_max_age) return complain("max_age is missing");
        if (read.mode != mode::none && read.patterns.empty()) return complain("no mx line names a server");
        return true;
    }
};

}  // namespace

std::string record_name(std::string_view domain) {
    return "_mta-sts." + std::string(domain_without_dot(domain));
}

std::string policy_url(std::string_view domain) {
    return "https://mta-sts." + std::string(domain_without_dot(domain)) + "/.well-known/mta-sts.txt";
}

std::optional<std::string> policy_id(std::vector<std::string> const& txt_records) {
    std::optional<std::string_view> only;
    for (auto const& record : txt_records)
        if (announces(record) && std::exchange(only, record)) return std::nullopt;
    if (!only) return std::nullopt;
    take(*only, ';');
    std::optional<std::string> id;
    while (!only->empty()) {
        auto field = trimmed(take(*only, ';'));
        if (field.empty()) continue;
        auto const name = trimmed(take(field, '='));
        if (name == "id" && !id) id = trimmed(field);
    }
    return id && is_id(*id) ? id : std::nullopt;
}

bool policy::names(std::string_view mx_host) const {
    auto const host = ascii::lower(domain_without_dot(mx_host));
    auto const dot = host.find('.');
    auto const behind_first_label =
        dot == host.npos || dot == 0 ? std::string_view() : std::string_view(host).substr(dot);
    return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
        if (pattern.starts_with("*.")) return !behind_first_label.empty() && behind_first_label == pattern.substr(1);
        return pattern == host;
    });
}

result<policy> parse_policy(std::string_view text, std::string& why) {
    if (text.size() > limits::mta_sts_octets) {
        why = "the policy is longer than mta_sts_octets";
        return make_error_code(errc::limit_reached);
    }
    reader all{{}, false, false, false, why};
    while (!text.empty()) {
        auto line = take(text, '\n');
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!all.take_line(line)) return make_error_code(std::errc::bad_message);
        if (all.read.patterns.size() > limits::mta_sts_patterns) {
            why = "the policy has more mx lines than mta_sts_patterns";
            return make_error_code(errc::limit_reached);
        }
    }
    if (!all.is_whole()) return make_error_code(std::errc::bad_message);
    return std::move(all.read);
}

result<policy> policy_of(http_answer const& answer, std::string& why) {
    bool const is_redirect = answer.status / 100 == 3;
    std::string_view type = answer.content_type;
    type = trimmed(take(type, ';'));
    if (is_redirect)
        why = "the server redirects, which RFC 8461 §3.3 forbids to follow";
    else if (answer.status != 200)
        why = "the server answers with status " + std::to_string(answer.status);
    else if (!ascii::equal_without_case(type, "text/plain"))
        why = "the answer is not of type text/plain";
    else
        return parse_policy(answer.body, why);
    return make_error_code(std::errc::bad_message);
}

}  // namespace postrider::mta_sts
