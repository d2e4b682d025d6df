#include <algorithm>
#include <charconv>
#include <postrider/proto/smtp/reply.hpp>
#include <utility>

namespace postrider::smtp {
namespace {

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// One to three digits from the front of `text`, which loses them; -1 where there are none or too many.
int take_number(std::string_view& text) noexcept {
    auto digits = std::find_if_not(text.begin(), text.end(), is_digit) - text.begin();
    if (digits < 1 || digits > 3) return -1;
    int number = 0;
    std::from_chars(text.data(), text.data() + digits, number);
    text.remove_prefix(digits);
    return number;
}

bool take_dot(std::string_view& text) noexcept {
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
    return true;
}

/// "5.1.1 " taken from the front of `text`, if it is there.
std::optional<enhanced_code> take_enhanced_code(std::string_view& text) noexcept {
    auto rest = text;
    enhanced_code found;
    found.class_digit = take_number(rest);
    if ((found.class_digit != 2 && found.class_digit != 4 && found.class_digit != 5) || !take_dot(rest)) return {};
    if (text[1] != '.') return {};  // "005.1.1" is none
    found.subject = take_number(rest);
    if (found.subject < 0 || !take_dot(rest)) return {};
    found.detail = take_number(rest);
    if (found.detail < 0 || (!rest.empty() && rest[0] != ' ')) return {};
    text = rest.substr(rest.empty() ? 0 : 1);
    return found;
}

/// A reply's words with nothing in them that could end the line.
std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
    return line;
}

std::string join(std::vector<std::string> const& lines, char separator) {
    std::string joined;
    for (bool first = true; auto const& line : lines) {
        if (!std::exchange(first, false)) joined += separator;
        joined += line;
    }
    return joined;
}

}  // namespace

std::string to_string(enhanced_code code) {
    return std::to_string(code.class_digit) + '.' + std::to_string(code.subject) + '.' + std::to_string(code.detail);
}

std::optional<enhanced_code> parse_enhanced_code(std::string_view text) noexcept {
    return take_enhanced_code(text);
}

std::string reply::text() const {
    return join(lines, '\n');
}

std::string reply::plain_text() const {
    std::vector<std::string> bare;
    for (std::string_view line : lines) {
        auto whole = line;
        auto found = take_enhanced_code(line);
        bare.emplace_back(found && found->class_digit == code / 100 ? line : whole);
    }
    return join(bare, ' ');
}

std::string to_string(reply const& r) {
    auto said = r.code < 0 ? std::string("no reply code") : std::to_string(r.code);
    if (r.enhanced) said += ' ' + to_string(*r.enhanced);
    if (auto words = r.plain_text(); !words.empty()) said += ' ' + words;
    return said;
}

std::string to_wire(reply const& r) {
    auto const code = std::to_string(r.code);
    auto const enhanced = r.enhanced ? to_string(*r.enhanced) + ' ' : std::string();
    if (r.lines.empty()) return code + ' ' + enhanced + "\r\n";
    std::string wire;
    for (auto const& line : r.lines) {
        wire += code;
        wire += &line == &r.lines.back() ? ' ' : '-';
        if (!parse_enhanced_code(line)) wire += enhanced;
        wire += one_line(line) + "\r\n";
    }
    return wire;
}

reply reply_of(int code, std::optional<enhanced_code> enhanced, std::string text) {
    reply made{code, enhanced, {}};
    auto const prefix = enhanced ? to_string(*enhanced) + ' ' : std::string();
    std::string_view rest = text;
    for (;;) {
        auto end = rest.find('\n');
        made.lines.push_back(prefix + one_line(rest.substr(0, end)));
        if (end == std::string_view::npos) return made;
        rest.remove_prefix(end + 1);
    }
}

}  // namespace postrider::smtp
