#include "transfer_encoding.hpp"

#include <algorithm>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/quoted_printable.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>

#include "characters.hpp"
#include "line_ends.hpp"
#include "wide_octets.hpp"

namespace postrider::mime {
namespace {

octet_counts count_octets(std::string_view text) noexcept {
    octet_counts counts;
#ifdef POSTRIDER_MIME_X86
    if (has_wide_octets()) counts = take_octet_counts(text);
#endif
    for (char c : text) {
        counts.beyond_ascii += static_cast<unsigned char>(c) >> 7;
        counts.lf += c == '\n';
        counts.has_cr |= c == '\r';
        counts.has_nul |= c == '\0';
    }
    return counts;
}

void look_at_lines(std::string_view text, text_shape& shape) noexcept {
    while (!text.empty()) {
        auto end = shape.has_cr ? text.find_first_of("\r\n") : text.find('\n');
        auto line = text.substr(0, end);
        if (line.size() > limits::line_octets) shape.fits_lines = false;
        if (line.starts_with("From ")) shape.has_from_line = true;
        if (end == text.npos) return;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

std::string_view to_string(transfer_encoding encoding) noexcept {
    switch (encoding) {
        case transfer_encoding::seven_bit: return "7bit";
        case transfer_encoding::eight_bit: return "8bit";
        case transfer_encoding::quoted_printable: return "quoted-printable";
        case transfer_encoding::binary: return "binary";
        case transfer_encoding::base64: break;
    }
    return "base64";
}

std::optional<transfer_encoding> transfer_encoding_of(std::string_view name) noexcept {
    for (auto one : {transfer_encoding::seven_bit, transfer_encoding::eight_bit, transfer_encoding::quoted_printable,
                     transfer_encoding::base64})
        if (ascii::equal_without_case(name, to_string(one))) return one;
    return std::nullopt;
}

text_shape shape_for_choice(std::string_view text) noexcept {
    auto const counts = count_octets(text);
    text_shape shape;
    shape.beyond_ascii = counts.beyond_ascii;
    shape.has_cr = counts.has_cr;
    shape.missing_line_ends = shape.has_cr ? missing_line_end_octets(text) : counts.lf;
    shape.octets = text.size() + shape.missing_line_ends;
    shape.fits_lines = !counts.has_nul;
    if (counts.beyond_ascii == 0) look_at_lines(text, shape);
    return shape;
}

text_shape shape_of(std::string_view text) noexcept {
    auto shape = shape_for_choice(text);
    if (shape.beyond_ascii > 0) look_at_lines(text, shape);
    return shape;
}

text_shape shape_of_octets(std::string_view octets) noexcept {
    auto shape = shape_of(octets);
    if (shape.missing_line_ends > 0) shape.fits_lines = false;
    return shape;
}

transfer_encoding choose_encoding(text_shape const& shape, std::string_view text, std::string& canonical) {
    if (can_travel(shape, transfer_encoding::seven_bit) && !shape.has_from_line) return transfer_encoding::seven_bit;
    auto base64 = codec::base64_lines_size(shape.octets);
    // Three characters for one octet: most texts that are not mainly ASCII need no exact count.
    if (shape.octets + 2 * shape.beyond_ascii > base64) return transfer_encoding::base64;
    if (shape.missing_line_ends > 0) append_with_crlf(canonical, text);
    auto readable = codec::quoted_printable_size(canonical.empty() ? text : std::string_view(canonical));
    return readable <= base64 ? transfer_encoding::quoted_printable : transfer_encoding::base64;
}

bool can_travel(text_shape const& shape, transfer_encoding wanted) noexcept {
    if (wanted == transfer_encoding::seven_bit) return shape.beyond_ascii == 0 && shape.fits_lines;
    return wanted != transfer_encoding::eight_bit || shape.fits_lines;
}

}  // namespace postrider::mime
