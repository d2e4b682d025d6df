#include <postrider/mime/field_group.hpp>

#include <algorithm>
#include <cstdint>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/field.hpp>

#include "blanks.hpp"
#include "comments.hpp"
#include "line.hpp"
#include "visible.hpp"

namespace postrider::mime {
namespace {

void append_utf8(std::string& out, std::uint32_t character) {
    auto const tail = [&](unsigned shift) { out += static_cast<char>(0x80 | (character >> shift & 0x3f)); };
    if (character < 0x80) {
        out += static_cast<char>(character);
    } else if (character < 0x800) {
        out += static_cast<char>(0xc0 | character >> 6);
        tail(0);
    } else if (character < 0x10000) {
        out += static_cast<char>(0xe0 | character >> 12);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0 | character >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

/// The character that `\x{...}` stands for at the beginning of `text`, and how many octets that takes; 0 for none.
///     embedded-unicode-char = "\x{" HEXPOINT "}"                                                     RFC 6533 §3
std::size_t read_embedded(std::string_view text, std::uint32_t& character) noexcept {
    if (!text.starts_with("\\x{")) return 0;
    character = 0;
    std::size_t at = 3;
    for (; at < text.size() && at < 9 && text[at] != '}'; ++at) {
        char const c = ascii::to_lower(text[at]);
        bool const letter = c >= 'a' && c <= 'f';
        if (!letter && !ascii::is_digit(c)) return 0;
        character = character * 16 + static_cast<std::uint32_t>(letter ? c - 'a' + 10 : c - '0');
    }
    bool const valid = character <= 0x10ffff && (character < 0xd800 || character > 0xdfff);
    return valid && at > 3 && at < text.size() && text[at] == '}' ? at + 1 : 0;
}

std::string decode_embedded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::uint32_t character = 0;
        std::size_t const taken = read_embedded(text, character);
        if (taken == 0)
            out += text.front();
        else
            append_utf8(out, character);
        text.remove_prefix(std::max<std::size_t>(taken, 1));
    }
    return escape_controls(std::move(out));
}

}  // namespace

std::string const* field_group::find(std::string_view name) const noexcept {
    auto const found = std::find_if(fields.begin(), fields.end(),
                                    [&](parsed_field const& field) { return same_name(field.name, name); });
    return found == fields.end() ? nullptr : &found->value;
}

std::string field_group::value(std::string_view name) const {
    std::string const* const found = find(name);
    return found ? *found : std::string();
}

std::string field_group::token(std::string_view name) const {
    std::string const* const found = find(name);
    return found ? ascii::lower(trim(without_comments(*found))) : std::string();
}

std::vector<std::string> field_group::values(std::string_view name) const {
    std::vector<std::string> all;
    for (parsed_field const& field : fields)
        if (same_name(field.name, name)) all.push_back(field.value);
    return all;
}

std::optional<typed_value> field_group::typed(std::string_view name) const {
    std::string const* const found = find(name);
    if (!found) return std::nullopt;
    std::string_view const text = *found;
    std::size_t const semicolon = text.find(';');
    if (semicolon == std::string_view::npos) return typed_value{{}, *found};
    std::string type = ascii::lower(trim(without_comments(text.substr(0, semicolon))));
    std::string_view const value = trim(text.substr(semicolon + 1));
    return typed_value{type, type == "utf-8" ? decode_embedded(value) : std::string(value)};
}

std::optional<codec::date_time> field_group::date(std::string_view name) const {
    std::string const* const found = find(name);
    if (!found) return std::nullopt;
    auto const read = codec::parse_date(*found);
    return read ? std::optional(*read) : std::nullopt;
}

field_group take_field_group(std::string_view& octets) {
    std::size_t end = 0;
    std::size_t next = 0;
    while (next < octets.size()) {
        line const one = line_at(octets, next);
        next = one.next;
        if (one.begin == one.end) break;
        end = one.end;
    }
    field_group group;
    for (field_view const& field : header_view(octets.substr(0, end), 0))
        group.fields.push_back({std::string(field.name), std::string(trim(decode_field(field).value))});
    octets.remove_prefix(next);
    return group;
}

}  // namespace postrider::mime
