#include "checks.hpp"

#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/parameter.hpp>
#include <postrider/core/limits.hpp>

#include "characters.hpp"

namespace postrider::mime {
namespace {

// A field name, its colon and one word must fit on a line together.
constexpr std::size_t longest_name = 76;
constexpr std::size_t longest_blanks = 40;
constexpr std::size_t longest_word = limits::line_octets - longest_name - longest_blanks - 2;

bool has_overlong_word(std::string_view text) noexcept {
    for (std::size_t begin = 0; text.size() - begin > longest_word;) {
        auto end = text.find_first_of(" \t", begin);
        if (std::min(end, text.size()) - begin > longest_word) return true;
        if (end == text.npos) return false;
        begin = end + 1;
    }
    return false;
}

// A fold turns the blanks between two words into the beginning of a line.
bool has_long_run_of_blanks(std::string_view text) noexcept {
    std::size_t run = 0;
    for (char c : text) {
        run = is_blank(c) ? run + 1 : 0;
        if (run > longest_blanks) return true;
    }
    return false;
}

}  // namespace

std::string shown(std::string_view text) {
    std::string out;
    for (char c : text.substr(0, codec::utf8_prefix(text, std::min<std::size_t>(text.size(), 120))))
        out += is_control(c) ? '?' : c;
    return '"' + out + '"';
}

void check_text(std::string_view what, std::string_view text) {
    auto octets = look_at(text);
    if (octets.control)
        throw error(errc::control_character, std::string(what) + " has a control character in it: " + shown(text));
    if (octets.beyond_ascii && !codec::is_utf8(text))
        throw error(errc::unencodable, std::string(what) + " is not UTF-8");
}

void check_field_name(std::string_view name) {
    bool good = !name.empty() && name.size() <= longest_name &&
                std::all_of(name.begin(), name.end(), [](char c) { return has_class(c, name_class); });
    if (!good) throw error(errc::bad_field_name, "no field can have the name " + shown(name));
}

void check_tokens(std::string_view name, std::string_view body) {
    check_text(name, body);
    if (!codec::is_ascii(body))
        throw error(errc::bad_field_body, std::string(name) + " takes only ASCII: " + shown(body));
    bool stray_blanks = !body.empty() && (is_blank(body.front()) || is_blank(body.back()));
    if (stray_blanks || has_long_run_of_blanks(body) || has_overlong_word(body))
        throw error(errc::bad_field_body, std::string(name) + " cannot be folded to fit on lines: " + shown(body));
}

std::string bracketed_id(std::string_view field_name, std::string id) {
    if (id.empty() || id.front() != '<') id = '<' + id + '>';
    check_tokens(field_name, id);
    if (id.size() < 3 || id.back() != '>' || id.find_first_of(" \t") != id.npos ||
        id.find_first_of("<>", 1) + 1 != id.size())
        throw error(errc::bad_field_body, std::string(field_name) + ": no identifier: " + shown(id));
    return id;
}

void check_parameters(std::string_view field_name, std::vector<parameter> const& parameters) {
    for (auto const& one : parameters) {
        if (!codec::is_token(one.name))
            throw error(errc::bad_field_body, "no parameter can have the name " + shown(one.name));
        if (one.value) check_text(field_name, *one.value);
        if (!one.language.empty() && !codec::is_token(one.language))
            throw error(errc::bad_field_body, "no language tag: " + shown(one.language));
        // A charset that cannot carry the value is found here, not when it is rendered.
        std::string trial;
        std::size_t column = 0;
        if (one.value && one.charset != "utf-8" &&
            codec::append_parameter(trial, column, one.name, *one.value, one.charset, one.language))
            throw error(errc::unencodable, "the charset " + shown(one.charset) + " cannot carry " + shown(*one.value));
    }
}

void check_type(std::string_view type) {
    auto slash = type.find('/');
    if (slash == type.npos || !codec::is_token(type.substr(0, slash)) || !codec::is_token(type.substr(slash + 1)))
        throw error(errc::bad_field_body, "a type is written main/sub, not " + shown(type));
}

}  // namespace postrider::mime
