#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace postrider::mime::merge {

/// What keeps a value inside its place.
enum class escaping : std::uint8_t {
    none,
    html,           ///< & < > " ' as character references: between tags, and between quotes of either kind
    url_begin,      ///< html, of a value that is_harmless_url
    url_component,  ///< percent-encoded but for RFC 3986's unreserved characters, which HTML leaves alone too
    token,          ///< nothing: the value has to be one, is_identifier
};

void append_escaped(std::string& out, std::string_view value, escaping how);

/// No script: a relative URL, or one of the schemes that mail links with.
bool is_harmless_url(std::string_view value) noexcept;

/// ASCII without blanks, brackets, quotes, commas and semicolons: part of an identifier, or of a URL between "<" and
/// ">".
bool is_identifier(std::string_view value) noexcept;

}  // namespace postrider::mime::merge
