#include <postrider/codec/quoted_printable.hpp>

#include "hex.hpp"

namespace postrider::codec {
namespace {

/// Decodes the =XX of one line, which has no line end and no blanks before it.
void decode_line(std::string_view line, decoded_quoted_printable& out) {
    for (;;) {
        std::size_t const equals = line.find('=');
        out.octets += line.substr(0, equals);
        if (equals == std::string_view::npos) return;
        line.remove_prefix(equals + 1);
        if (int const octet = detail::hex_octet(line); octet >= 0) {
            out.octets += static_cast<char>(octet);
            line.remove_prefix(2);
        } else {
            out.octets += '=';
            out.malformed = true;
        }
    }
}

/// The length of `line` without the blanks at its end: RFC 2045 §6.7 (3).
std::size_t without_blanks(std::string_view line) noexcept {
    std::size_t const last = line.find_last_not_of(" \t");
    return last == std::string_view::npos ? 0 : last + 1;
}

}  // namespace

decoded_quoted_printable decode_quoted_printable(std::string_view text) {
    decoded_quoted_printable out;
    out.octets.reserve(text.size());
    while (!text.empty()) {
        std::size_t const lf = text.find('\n');
        bool const ends = lf != std::string_view::npos;
        std::string_view line = text.substr(0, lf);
        std::string_view line_end = ends ? text.substr(lf, 1) : std::string_view();
        if (ends && line.ends_with('\r')) {
            line.remove_suffix(1);
            line_end = text.substr(lf - 1, 2);
        }
        text.remove_prefix(ends ? lf + 1 : text.size());

        line = line.substr(0, without_blanks(line));
        bool const soft = ends && line.ends_with('=');
        if (soft) line.remove_suffix(1);
        decode_line(line, out);
        if (!soft) out.octets += line_end;
    }
    return out;
}

}  // namespace postrider::codec
