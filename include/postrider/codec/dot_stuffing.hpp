#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// The transparency procedure of RFC 5321 §4.5.2.
namespace postrider::codec {

enum class line_place { line_start, after_cr, in_line };

/// Makes content fit to stand behind DATA, piece by piece and without copying: a dot that begins a line is doubled, a
/// lone CR or LF becomes CRLF, and at the end a missing CRLF is supplied, then the final dot.
/// Views it hands out are parts of the input or of constants: they live as long as the input. How the content is cut
/// into pieces makes no difference. After finish() the next content may begin.
class dot_stuffer {
public:
    /// Appends the stuffed form of `octets` to `out`.
    void stuff(std::string_view octets, std::vector<std::string_view>& out);
    /// Appends what ends the content: CRLF if it is missing, and ".\r\n".
    void finish(std::vector<std::string_view>& out);

private:
    line_place place_ = line_place::line_start;
};

/// The same line ends and no dots: what BDAT carries.                                                       RFC 3030
class crlf_canonicalizer {
public:
    void canonicalize(std::string_view octets, std::vector<std::string_view>& out);
    /// Appends the CRLF that is missing, if it is.
    void finish(std::vector<std::string_view>& out);

private:
    line_place place_ = line_place::line_start;
};

/// The way back, as strict as the RFC: CRLF alone ends a line, CRLF.CRLF alone ends the content; any other CR, LF or
/// NUL is content. After the final dot the next content may begin.
class dot_unstuffer {
public:
    /// Takes octets from the front of `input` until it is used up or the final dot was read, and removes them;
    /// appends the content's octets to `out` (views into `input` or constants).
    /// returns    whether the final dot was read; what is left in `input` then stands behind it.
    bool unstuff(std::string_view& input, std::vector<std::string_view>& out);
    /// Whether a CR without LF or an LF without CR was content, ever.
    bool saw_bare_cr_or_lf() const noexcept { return bare_; }

private:
    enum class place { line_start, dot, dot_cr, after_cr, in_line } place_ = place::line_start;
    bool bare_ = false;
};

}  // namespace postrider::codec
