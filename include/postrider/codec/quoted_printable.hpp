#pragma once
#include <cstddef>
#include <string>
#include <string_view>

/// Quoted-printable, RFC 2045 §6.7.
namespace postrider::codec {

/// Encodes text whose line ends are CRLF (a lone CR or LF is encoded as =0D or =0A).
/// Lines of 76 characters at most; blanks before a line end are encoded; so is a dot that begins a line and the F of a
/// "From " that does, so that no relay and no mbox needs to touch the text. A soft line break cuts no character of
/// UTF-8.
std::string encode_quoted_printable(std::string_view text);

/// The same for a text that comes in parts, each whole in its characters and line ends: appends one to `out`.
/// `column`    octets on the line so far; 0 where a part begins a line. Updated.
/// `line_ends` whether a line end, or the end of the text, follows the part. Where it does not, the line keeps room for
///             one character: the next part's, or the "=" of a soft line break, which may also be put between two parts.
void append_quoted_printable(std::string& out, std::size_t& column, std::string_view part, bool line_ends);

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
