#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/devserver/inbox_rule.hpp>
#include <postrider/devserver/refuse_rule.hpp>
#include <system_error>

namespace postrider::devserver {
namespace {

bool is_name_octet(char c) noexcept {
    return ascii::is_alnum(c) || c == '.' || c == '_' || c == '-';
}

bool fits(inbox_rule const& rule, std::string_view forward_path) noexcept {
    if (!rule.pattern.empty()) return matches_pattern(rule.pattern, forward_path);
    auto const local_part = forward_path.substr(0, forward_path.rfind('@'));
    auto const plus = local_part.find('+');
    auto const detail = plus == local_part.npos ? std::string_view() : local_part.substr(plus + 1);
    return ascii::equal_without_case(rule.name, local_part) || ascii::equal_without_case(rule.name, detail);
}

}  // namespace

bool is_inbox_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= limits::tag_octets && std::all_of(name.begin(), name.end(), is_name_octet);
}

result<inbox_rule> parse_inbox_rule(std::string_view rule, std::string& why) {
    auto const equals = rule.find('=');
    inbox_rule parsed{std::string(rule.substr(0, equals)), {}};
    if (equals != rule.npos) parsed.pattern = rule.substr(equals + 1);
    why.clear();
    if (!is_inbox_name(parsed.name))
        why = "an inbox's name is made of letters, digits, '.', '_' and '-'";
    else if (equals != rule.npos && parsed.pattern.empty())
        why = "has no pattern behind '='; \"*@example.com\" is one";
    if (!why.empty()) return make_error_code(std::errc::invalid_argument);
    return parsed;
}

std::string inbox_for(std::vector<inbox_rule> const& rules, std::string_view login, std::string_view forward_path) {
    for (auto const& rule : rules)
        if (ascii::equal_without_case(rule.name, login)) return rule.name;
    for (auto const& rule : rules)
        if (fits(rule, forward_path)) return rule.name;
    return {};
}

}  // namespace postrider::devserver
