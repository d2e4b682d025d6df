#include <charconv>
#include <postrider/client/mta_sts_cache.hpp>
#include <utility>

namespace postrider::mta_sts {
namespace {

char const* word_for(mode of) noexcept {
    switch (of) {
        case mode::enforce: return "enforce";
        case mode::testing: return "testing";
        default: return "none";
    }
}

std::string_view take(std::string_view& text, char end) {
    auto const part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return part;
}

std::optional<std::chrono::seconds> seconds_in(std::string_view text) {
    std::int64_t number = 0;
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr std::int64_t year_3000 = 32'503'680'000;
    bool const is_one = ec == std::errc() && end == text.data() + text.size() && number >= 0 && number < year_3000;
    return is_one ? std::optional(std::chrono::seconds(number)) : std::nullopt;
}

/// A line as the file of a policy, so that what is read back was checked as what came over HTTPS.
std::string as_policy_file(std::string_view max_age, std::string_view mode, std::string_view patterns) {
    std::string file = "version: STSv1\nmode: " + std::string(mode) + "\nmax_age: " + std::string(max_age) + "\n";
    while (!patterns.empty()) file += "mx: " + std::string(take(patterns, ' ')) + "\n";
    return file;
}

std::optional<std::pair<std::string, held_policy>> read_line(std::string_view line) {
    std::string const domain(take(line, ' '));
    auto const id = policy_id({"v=STSv1; id=" + std::string(take(line, ' '))});
    auto const fetched = seconds_in(take(line, ' '));
    auto const max_age = take(line, ' '), mode = take(line, ' ');
    std::string why;
    auto const read = parse_policy(as_policy_file(max_age, mode, line), why);
    if (domain.empty() || !id || !fetched || !read) return std::nullopt;
    return std::pair(domain, held_policy{*id, *read, std::chrono::sys_seconds(*fetched)});
}

}  // namespace

std::string policy_cache::to_text() const {
    std::scoped_lock const locked(lock_);
    std::string text;
    for (auto const& [domain, held] : policies_) {
        if (!held.holds_at(now())) continue;
        text += domain + ' ' + held.id + ' ' + std::to_string(held.fetched.time_since_epoch().count()) + ' ' +
                std::to_string(held.policy.max_age.count()) + ' ' + word_for(held.policy.mode);
        for (auto const& pattern : held.policy.patterns) text += ' ' + pattern;
        text += '\n';
    }
    return text;
}

void policy_cache::add_text(std::string_view text) {
    while (!text.empty()) {
        auto read = read_line(take(text, '\n'));
        if (!read || read->second.fetched > now() || !read->second.holds_at(now())) continue;
        auto const own = known(read->first);
        if (!own || own->fetched < read->second.fetched) keep(read->first, std::move(read->second));
    }
}

}  // namespace postrider::mta_sts
