#include <algorithm>
#include <array>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/mime/field.hpp>

#include "address_words.hpp"
#include "raw_octets.hpp"
#include "visible.hpp"
#include "word_defects.hpp"

namespace postrider::mime {
namespace {

bool holds_addresses(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 15> names = {"from",        "to",           "cc",
                                                        "bcc",         "reply-to",     "sender",
                                                        "resent-from", "resent-to",    "resent-sender",
                                                        "resent-cc",   "resent-bcc",   "resent-reply-to",
                                                        "return-path", "delivered-to", "disposition-notification-to"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view known) { return same_name(known, name); });
}

}  // namespace

decoded_field decode_field(field_view const& field, std::string_view charset_of_raw) {
    decoded_field decoded;
    guessed_text raw = read_raw_octets(unfold(field.body), charset_of_raw);
    if (raw.guessed) decoded.defects.push_back(defect_kind::undeclared_charset);
    if (raw.undecodable) decoded.defects.push_back(defect_kind::undecodable_bytes);
    std::string text = std::move(raw.text);
    if (text.find("=?") == std::string::npos) {
        decoded.value = escape_controls(std::move(text));
    } else if (holds_addresses(field.name)) {
        decoded.value = escape_controls(decode_address_words(text, decoded.defects));
    } else {
        codec::decoded_words words = codec::decode_words(text);
        add_word_defects(words, decoded.defects);
        decoded.value = escape_controls(std::move(words.text));
    }
    return decoded;
}

}  // namespace postrider::mime
