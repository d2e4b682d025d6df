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

/// Printable ASCII, blanks and tabs. Without a way out of its loop, so that the compiler looks at many octets at a time.
bool is_shown_as_it_is(std::string_view text) noexcept {
    bool other = false;
    for (char c : text) other |= (c < ' ' && c != '\t') || c == '\x7f';  // 8-bit octets are negative
    return !other;
}

}  // namespace

decoded_field decode_field(field_view const& field, std::string_view charset_of_raw) {
    decoded_field decoded;
    std::string unfolded = unfold(field.body);
    if (is_shown_as_it_is(unfolded) && unfolded.find("=?") == std::string::npos) {
        decoded.value = std::move(unfolded);
        return decoded;
    }
    guessed_text raw = read_raw_octets(unfolded, charset_of_raw);
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
