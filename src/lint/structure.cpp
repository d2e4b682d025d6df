#include <algorithm>
#include <array>
#include <optional>

#include "letter.hpp"

/// What the parser found wrong, by what it means for readers.
namespace postrider::lint {
namespace {

using enum mime::defect_kind;

constexpr std::size_t most_boundary_octets = 70;  // RFC 2046 §5.1.1

/// Which check tells a defect; nothing where another check says more about it.
std::optional<check_id> check_of(mime::defect_kind kind) {
    switch (kind) {
        case no_boundary_in_multipart:
        case start_boundary_not_found:
        case close_boundary_not_found:
        case multipart_invariant_violation:
        case hidden_content: return check_id("boundaries");
        case invalid_multipart_content_transfer_encoding:
        case invalid_base64_padding:
        case invalid_base64_characters:
        case invalid_base64_length:
        case data_after_padding:
        case unknown_transfer_encoding:
        case encoded_message:
        case invalid_quoted_printable:
        case invalid_uuencode: return check_id("transfer-encoding");
        case undecodable_bytes:
        case unknown_charset:
        case undeclared_charset:
        case invalid_encoded_word:
        case invalid_date:
        case invalid_address:
        case invalid_msg_id:
        case duplicate_field: return std::nullopt;
        default: return check_id("structure");
    }
}

/// A name for people: "close boundary not found".
std::string words_of(mime::defect_kind kind) {
    std::string words;
    for (char c : mime::to_string(kind)) {
        bool const upper = c >= 'A' && c <= 'Z';
        if (upper && !words.empty()) words += ' ';
        words += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

void check_boundary(mime::parsed_part const& part, findings& found) {
    if (!part.content_type().starts_with("multipart/")) return;
    found.made("boundaries");
    auto const type = part.content_type_field();
    auto* boundary = type.find("boundary");
    if (boundary && boundary->size() > most_boundary_octets)
        found.fault("boundaries", {{"what", "a boundary of more than 70 characters"}}, in_part(part));
}

}  // namespace

void check_structure(letter const& mail, findings& found) {
    found.made("structure");
    found.made("transfer-encoding");
    for (auto const& part : mail.parts) {
        check_boundary(part, found);
        for (auto const& defect : part.all_defects())
            if (auto const id = check_of(defect.kind))
                found.fault(*id, {{"what", words_of(defect.kind)}}, {part.index(), {}, {}, defect.offset});
    }
}

}  // namespace postrider::lint
