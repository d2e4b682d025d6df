#include <cstddef>
#include <postrider/core/ascii.hpp>
#include <postrider/devserver/refuse_rule.hpp>
#include <system_error>
#include <utility>

namespace postrider::devserver {
namespace {

bool is_negative_code(std::string_view text) noexcept {
    return text.size() >= 3 && (text[0] == '4' || text[0] == '5') && ascii::is_digit(text[1]) &&
           ascii::is_digit(text[2]) && (text.size() == 3 || text[3] == ' ');
}

bool is_printable(std::string_view text) noexcept {
    for (unsigned char c : text)
        if (c < 0x20 || c == 0x7f) return false;
    return true;
}

smtp::reply reply_from(std::string_view text) {
    int code = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
    text.remove_prefix(text.size() > 3 ? 4 : 3);
    auto enhanced = smtp::parse_enhanced_code(text);
    if (enhanced && enhanced->class_digit != code / 100) enhanced.reset();
    if (enhanced) text.remove_prefix(std::min(text.size(), smtp::to_string(*enhanced).size() + 1));
    return smtp::reply_of(code, enhanced, std::string(text.empty() ? "refused" : text));
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) noexcept {
    std::size_t p = 0, t = 0;
    // Where to go on after a mismatch: behind the last star, which then swallows one octet more.
    std::size_t star = std::string_view::npos, swallowed = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            swallowed = t;
        } else if (p < pattern.size() && ascii::to_lower(pattern[p]) == ascii::to_lower(text[t])) {
            ++p, ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++swallowed;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool refuse_rule::matches(std::string_view address) const noexcept {
    return matches_pattern(pattern, address);
}

result<refuse_rule> parse_refuse_rule(std::string_view rule, std::string& why) {
    auto refused = [&](std::string_view reason) {
        why = reason;
        return make_error_code(std::errc::invalid_argument);
    };
    if (!is_printable(rule)) return refused("holds a control character");
    auto equals = rule.rfind('=');
    while (equals != std::string_view::npos && !is_negative_code(rule.substr(equals + 1)))
        equals = equals == 0 ? std::string_view::npos : rule.rfind('=', equals - 1);
    if (equals == std::string_view::npos)
        return refused(
            "wants the form PATTERN=REPLY, as in \"b@*=550 5.1.1 no such user\"; the reply's code is 4yz or 5yz");
    if (equals == 0) return refused("has no pattern; \"*\" stands for every recipient");
    return refuse_rule{std::string(rule.substr(0, equals)), reply_from(rule.substr(equals + 1))};
}

}  // namespace postrider::devserver
