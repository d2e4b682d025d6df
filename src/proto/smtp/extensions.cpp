#include <algorithm>
#include <charconv>
#include <postrider/core/ascii.hpp>
#include <postrider/proto/smtp/client_engine.hpp>

namespace postrider::smtp {
namespace {

constexpr bool is_keyword_character(char c) noexcept {
    return ascii::is_alnum(c) || c == '-';
}

std::string_view trimmed(std::string_view text) noexcept {
    auto first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::uint64_t> positive_number(std::string_view text) {
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number == 0) return {};
    return number;
}

}  // namespace

extensions extensions::parse(reply const& ehlo) {
    extensions found;
    for (std::size_t i = 1; i < ehlo.lines.size(); ++i) {
        std::string_view const line = ehlo.lines[i];
        auto const end = std::find_if_not(line.begin(), line.end(), is_keyword_character) - line.begin();
        if (end == 0 || line[0] == '-') continue;
        auto keyword = ascii::lower(line.substr(0, end));
        auto rest = line.substr(end);
        bool const is_auth = keyword == "auth";
        // QUIRK: servers of before RFC 2554 wrote "AUTH=LOGIN", and many still send that line beside the right one.
        if (is_auth && rest.starts_with('=')) rest.remove_prefix(1);
        auto& parameters = found.keywords_[std::move(keyword)];
        if (is_auth && !parameters.empty())
            parameters += ' ' + std::string(trimmed(rest));
        else
            parameters = trimmed(rest);
    }
    return found;
}

extensions extensions::without(std::vector<std::string> const& keywords) const {
    extensions fewer = *this;
    for (auto const& keyword : keywords) fewer.keywords_.erase(ascii::lower(keyword));
    return fewer;
}

bool extensions::has(std::string_view keyword) const {
    return keywords_.contains(ascii::lower(keyword));
}

std::string_view extensions::parameters(std::string_view keyword) const {
    auto found = keywords_.find(ascii::lower(keyword));
    return found == keywords_.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<std::string> extensions::auth_mechanisms() const {
    std::vector<std::string> mechanisms;
    auto rest = parameters("auth");
    while (!(rest = trimmed(rest)).empty()) {
        auto mechanism = ascii::upper(rest.substr(0, rest.find_first_of(" \t")));
        rest.remove_prefix(mechanism.size());
        if (std::find(mechanisms.begin(), mechanisms.end(), mechanism) == mechanisms.end())
            mechanisms.push_back(std::move(mechanism));
    }
    return mechanisms;
}

std::optional<std::uint64_t> extensions::size_limit() const {
    return positive_number(parameters("size"));
}

std::optional<std::uint64_t> extensions::limit(std::string_view name) const {
    auto rest = parameters("limits");
    while (!(rest = trimmed(rest)).empty()) {
        auto const one = rest.substr(0, rest.find_first_of(" \t"));
        rest.remove_prefix(one.size());
        auto const equals = one.find('=');
        if (equals != one.npos && ascii::equal_without_case(one.substr(0, equals), name))
            return positive_number(one.substr(equals + 1));
    }
    return {};
}

bool extensions::takes_binary() const {
    return has("binarymime") && has("chunking") && has("pipelining");
}

}  // namespace postrider::smtp
