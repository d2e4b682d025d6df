#pragma once
#include <optional>
#include <postrider/codec/error.hpp>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

/// Parameters of MIME header fields, RFC 2045 §5.1 and RFC 2231.
namespace postrider::codec {

/// Whether `text` is a token of RFC 2045 §5.1.
bool is_token(std::string_view text) noexcept;

/// Appends `; name=value` to `field`, folded so that no line exceeds 78 octets: a token bare, other ASCII as a
/// quoted-string, the rest (and what is too long for a line) in RFC 2231 form, in as many sections as it takes, never
/// splitting a character of UTF-8.
/// `column`   octets on the field's last line; updated.
/// `charset`, `language`   of a value in extended form; `value` is UTF-8 and is converted.
///            An ASCII value that needs extended form (a language, a long value, one that looks like an encoded-word)
///            is labelled us-ascii.
/// errors     codec::errc::unknown_charset, ::unencodable; ::malformed for a control character, a name or language that
///            is no token, a value that is no UTF-8. `field` and `column` are then what they were.
error_code append_parameter(std::string& field, std::size_t& column, std::string_view name, std::string_view value,
                            std::string_view charset = "utf-8", std::string_view language = {});

/// `charset'language'percent-encoded` to UTF-8; an empty charset is read as UTF-8.                       RFC 2231 §4
/// errors     codec::errc::unknown_charset; ::malformed for a missing quote, a "%" without two digits, and for a
///            control character, hidden or not.
result<std::string> decode_extended_value(std::string_view text);

}  // namespace postrider::codec
