#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/quoted_printable.hpp>
#include <postrider/codec/uuencode.hpp>
#include <postrider/mime/parse.hpp>

#include "reading.hpp"
#include "structure.hpp"
#include "transfer_encoding_field.hpp"
#include "visible.hpp"

namespace postrider::mime {
namespace {

decoded_content from_base64(std::string_view body, std::size_t offset) {
    codec::decoded_base64 decoded = codec::decode_base64_leniently(body);
    decoded_content content(std::move(decoded.octets));
    auto const tell = [&](bool so, defect_kind kind) {
        if (so) content.defects.push_back({kind, offset});
    };
    tell(decoded.missing_padding, defect_kind::invalid_base64_padding);
    tell(decoded.skipped_characters, defect_kind::invalid_base64_characters);
    tell(decoded.wrong_length, defect_kind::invalid_base64_length);
    tell(decoded.data_after_padding, defect_kind::data_after_padding);
    return content;
}

decoded_content from_quoted_printable(std::string_view body, std::size_t offset) {
    codec::decoded_quoted_printable decoded = codec::decode_quoted_printable(body);
    decoded_content content(std::move(decoded.octets));
    if (decoded.malformed) content.defects.push_back({defect_kind::invalid_quoted_printable, offset});
    return content;
}

/// Without both its first and its last line it is not known to be what it says, as in Python.
decoded_content from_uuencode(std::string_view body, std::size_t offset) {
    codec::decoded_uuencode decoded = codec::decode_uuencode(body);
    bool const cut = decoded.missing_begin || decoded.missing_end;
    decoded_content content = cut ? decoded_content(body) : decoded_content(std::move(decoded.octets));
    if (cut || decoded.malformed) content.defects.push_back({defect_kind::invalid_uuencode, offset});
    return content;
}

bool is_ascii_name(std::string_view charset) noexcept {
    return charset == "us-ascii" || charset == "ascii" || charset == "ansi_x3.4-1968";
}

}  // namespace

decoded_content parsed_part::content() const {
    if (is_container()) return decoded_content(body());
    std::size_t const offset = body_range().begin;
    switch (read_transfer_encoding(text_of(self().transfer_encoding))) {
        case content_decoding::base64: return from_base64(body(), offset);
        case content_decoding::quoted_printable: return from_quoted_printable(body(), offset);
        case content_decoding::uuencode: return from_uuencode(body(), offset);
        case content_decoding::identity: return decoded_content(body());
        case content_decoding::unknown: break;
    }
    decoded_content content(body());
    content.defects.push_back({defect_kind::unknown_transfer_encoding, offset});
    return content;
}

decoded_text parsed_part::text() const {
    return text(content());
}

decoded_text parsed_part::text(decoded_content const& content) const {
    decoded_text text;
    auto const tell = [&](defect_kind kind) { text.defects.push_back({kind, body_range().begin}); };
    std::string_view const octets = content.octets();
    std::optional<std::string> const charset = this->charset();
    bool const ascii = !charset || is_ascii_name(*charset);
    if ((ascii || *charset == "utf-8") && codec::is_utf8(octets)) {
        if (ascii && !codec::is_ascii(octets)) tell(defect_kind::undeclared_charset);
        text.text = octets;
        return text;
    }

    auto decoded = codec::decode_charset(octets, ascii ? "utf-8" : *charset);
    if (!decoded) {
        tell(defect_kind::unknown_charset);
        decoded = codec::decode_charset(octets, "utf-8");
    }
    if (decoded->undecodable != 0) tell(defect_kind::undecodable_bytes);
    text.text = std::move(decoded->text);
    return text;
}

std::vector<defect> parsed_part::all_defects() const {
    return read_whole(*this).defects;
}

}  // namespace postrider::mime
