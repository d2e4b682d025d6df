#pragma once
#include <string>
#include <string_view>

/// Quoted-printable, RFC 2045 §6.7.
namespace postrider::codec {

/// Encodes text whose line ends are CRLF (a lone CR or LF is encoded as =0D or =0A).
/// Lines of 76 characters at most; blanks before a line end are encoded; so is a dot that begins a line and the F of a
/// "From " that does, so that no relay and no mbox needs to touch the text. A soft line break cuts no character of
/// UTF-8.
std::string encode_quoted_printable(std::string_view text);

/// How many characters that gives, to the last one, without writing them.
std::size_t quoted_printable_size(std::string_view text) noexcept;

/// Total: a malformed "=" sequence stays as it is and sets `malformed`. Blanks before line ends go; line ends stay as
/// they are.
struct decoded_quoted_printable {
    std::string octets;
    bool malformed = false;
};
decoded_quoted_printable decode_quoted_printable(std::string_view text);

}  // namespace postrider::codec
