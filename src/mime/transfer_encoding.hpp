#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace postrider::mime {

enum class transfer_encoding { seven_bit, eight_bit, quoted_printable, base64, binary };

/// As Content-Transfer-Encoding names it.
std::string_view to_string(transfer_encoding) noexcept;

/// What a caller asked for; nothing for "binary" and what is not known.
std::optional<transfer_encoding> transfer_encoding_of(std::string_view name) noexcept;

/// What decides how text can travel.
struct text_shape {
    std::size_t octets = 0;             ///< with each line end CRLF
    std::size_t missing_line_ends = 0;  ///< octets that making them CRLF adds
    std::size_t beyond_ascii = 0;       ///< octets
    bool has_cr = false;
    bool fits_lines = true;      ///< none longer than limits::line_octets, no NUL
    bool has_from_line = false;  ///< a line begins "From ": an mbox would change it
};
text_shape shape_of(std::string_view text) noexcept;

/// The same for octets that have to arrive as they are: unencoded, a lone CR or LF would become a line end.
text_shape shape_of_octets(std::string_view octets) noexcept;

/// As shape_of, but for text beyond ASCII, which has to be encoded anyway, lines are not looked at.
text_shape shape_for_choice(std::string_view text) noexcept;

/// For text: as it is where any server carries it unchanged, else the shorter of quoted-printable and base64, the
/// readable one when they are equal. `canonical` gets the text with CRLF, where the choice needed it.
transfer_encoding choose_encoding(text_shape const& shape, std::string_view text, std::string& canonical);

/// Whether content of that shape can travel so, unencoded.
bool can_travel(text_shape const& shape, transfer_encoding wanted) noexcept;

}  // namespace postrider::mime
