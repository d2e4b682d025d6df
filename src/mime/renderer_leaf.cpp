#include <algorithm>
#include <array>
#include <memory>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/quoted_printable.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/from_bytes.hpp>

#include "characters.hpp"
#include "line_ends.hpp"
#include "renderer.hpp"
#include "shared_source.hpp"

namespace postrider::mime {
namespace {

// Less than this is encoded where the header stands; a piece of its own costs an allocation.
constexpr std::size_t smallest_own_piece = 4096;

// Octets in memory are encoded at once up to here, beyond it on their way out, so that the message is never there
// twice.
constexpr std::size_t largest_encoded_at_once = 1 << 20;

std::string_view type_of(message const& mail) noexcept {
    auto const* declared = mail.find("Content-Type");
    auto const* body = declared ? std::get_if<parameterized>(&declared->body) : nullptr;
    return body ? std::string_view(body->value) : std::string_view();
}

field const* transfer_field_of(message const* mail) {
    return mail ? mail->find("Content-Transfer-Encoding") : nullptr;
}

std::optional<transfer_encoding> asked_for(message const& mail) {
    auto const* field = transfer_field_of(&mail);
    return field ? transfer_encoding_of(to_string(field->body)) : std::nullopt;
}

// Line ends cannot be seen in the octets of these.
bool is_wide(std::string_view charset) noexcept {
    return starts_without_case(charset, "utf-16") || starts_without_case(charset, "utf-32");
}

bool is_declared_other_than_text(message const* mail) noexcept {
    auto type = mail ? type_of(*mail) : std::string_view();
    return !type.empty() && !starts_without_case(type, "text/");
}

std::string octets_of(data_content const& data) {
    if (auto const* octets = std::get_if<shared_octets>(&data)) return **octets;
    auto all = read_all(*std::get<octet_source_ptr>(data), limits::message_octets);
    if (!all) throw error(errc::unreadable_file, "an attached message: " + all.error().message());
    return std::move(*all);
}

bool leaf_in_8bit(message const& mail) {
    auto const goes_out = [](text_shape const& shape) { return shape.beyond_ascii > 0 && shape.fits_lines; };
    if (auto const* text = std::get_if<text_content>(&mail.body()))
        return asked_for(mail) == transfer_encoding::eight_bit && goes_out(shape_of(text->octets));
    if (auto const* parsed = std::get_if<message::parsed_content>(&mail.body()))
        return !codec::is_ascii(parsed->encoded());
    auto const* data = std::get_if<data_content>(&mail.body());
    if (!data) return false;
    if (is_message_type(mail)) return goes_out(shape_of(octets_of(*data)));
    return asked_for(mail) == transfer_encoding::eight_bit && goes_out(shape_of_octets(octets_of(*data)));
}

}  // namespace

bool is_message_type(message const& mail) noexcept {
    auto type = type_of(mail);
    return ascii::equal_without_case(type, "message/rfc822") || ascii::equal_without_case(type, "message/global");
}

bool carries_8bit(message const& mail) {
    if (auto const* inner = std::get_if<message::message_content>(&mail.body())) return carries_8bit(*inner->enclosed);
    if (leaf_in_8bit(mail)) return true;
    auto const* all = std::get_if<message::multipart_content>(&mail.body());
    for (auto const* parts : {all ? &all->parts : nullptr, &mail.inline_parts(), &mail.attachments()})
        if (parts && std::any_of(parts->begin(), parts->end(), carries_8bit)) return true;
    return false;
}

// The field binds where a caller set it. One that was parsed may speak of content that is no longer there.
std::optional<transfer_encoding> renderer::wanted_encoding(message const* mail, text_shape const& shape) const {
    auto const* field = transfer_field_of(mail);
    if (!field) return std::nullopt;
    auto const name = to_string(field->body);
    auto const encoding = transfer_encoding_of(name);
    bool const travels = encoding && can_travel(shape, *encoding);
    if (!travels && !field->is_raw())
        throw error(errc::bad_encoding, "the content cannot travel as " + name + "; leave the choice to rendering");
    if (!travels) return std::nullopt;
    if (*encoding != transfer_encoding::eight_bit) return encoding;
    if (shape.beyond_ascii == 0) return transfer_encoding::seven_bit;
    return leaves_8bit() ? encoding : std::nullopt;
}

transfer_encoding renderer::text_encoding(message const* mail, text_shape const& shape, std::string_view text,
                                          std::string& canonical) const {
    if (auto const wanted = wanted_encoding(mail, shape)) return *wanted;
    return choose_encoding(shape, text, canonical);
}

void renderer::text_leaf(message const* mail, std::string_view type, text_content const& text) {
    if (gaps_ && leave_body(mail, type, text)) return;
    bool const other = is_declared_other_than_text(mail);
    bool const opaque = other || is_wide(text.charset);
    auto encoding = transfer_encoding::base64;
    std::string canonical;
    text_shape shape;
    if (!opaque) {
        shape = transfer_field_of(mail) ? shape_of(text.octets) : shape_for_choice(text.octets);
        encoding = text_encoding(mail, shape, text.octets, canonical);
    }
    content_header(mail, {type, other ? std::string_view() : std::string_view(text.charset), encoding});
    if (!canonical.empty()) return write_encoded(canonical, encoding);
    if (shape.missing_line_ends == 0) return write_encoded(text.octets, encoding);
    write_with_crlf(text.octets, shape, encoding);
}

// Most texts need no memory of their own for it.
void renderer::write_with_crlf(std::string_view text, text_shape const& shape, transfer_encoding encoding) {
    constexpr std::size_t usual = 4096;
    std::array<char, usual> room;
    std::string longer(shape.octets > usual ? shape.octets : 0, '\0');
    char* const out = longer.empty() ? room.data() : longer.data();
    put_with_crlf(out, text, shape.has_cr);
    write_encoded({out, shape.octets}, encoding);
}

bool renderer::leave_body(message const* mail, std::string_view type, text_content const& text) {
    auto const declared = mail ? type_of(*mail) : std::string_view();
    bool const alone = open_multiparts_ == 0;
    auto form = gaps_->takes_body(mail, declared.empty() ? type : declared, text, alone);
    if (!form) return false;
    content_type(mail, type, form->charset);
    other_content_fields(mail);
    transfer_field(form->encoding);
    end_header();
    leave_gap();
    if (!alone && form->encoding != transfer_encoding::base64) out_ += "\r\n";
    return true;
}

void renderer::leave_gap() {
    flush();
    gaps_->gap(std::exchange(wire_, {}));
}

// A wish for another encoding than base64 is granted only where it keeps the octets as they are.
transfer_encoding renderer::data_encoding(message const& mail, data_content const& data, std::string& octets) const {
    bool const is_plain = !transfer_field_of(&mail) || asked_for(mail) == transfer_encoding::base64;
    if (is_plain) return transfer_encoding::base64;
    octets = octets_of(data);
    return wanted_encoding(&mail, shape_of_octets(octets)).value_or(transfer_encoding::base64);
}

void renderer::data_leaf(message const& mail, data_content const& data) {
    if (is_message_type(mail)) return embedded_message(mail, octets_of(data));
    if (goes_as_octets(mail)) {
        content_header(&mail, {"application/octet-stream", {}, transfer_encoding::binary});
        return write_octets(data);
    }
    std::string octets;
    auto const encoding = data_encoding(mail, data, octets);
    content_header(&mail, {"application/octet-stream", {}, encoding});
    if (encoding == transfer_encoding::base64) return write_base64(data);
    write_encoded(octets, encoding);
    if (encoding == transfer_encoding::quoted_printable && !octets.ends_with("\r\n")) soften_last_line();
}

// RFC 2046 §5.2.1: a message travels in 7bit or 8bit, its parts encoded where it takes that. One whose lines are too long
// for both goes as mere octets.
void renderer::embedded_message(message const& mail, std::string octets) {
    auto shape = shape_of(octets);
    if (!shape.fits_lines) {
        auto as_octets = mail;
        as_octets.set_type("application/octet-stream");
        content_header(&as_octets, {{}, {}, transfer_encoding::base64});
        return write_base64(octets);
    }
    if (shape.beyond_ascii > 0 && !leaves_8bit()) return enclosed(mail, message_from_bytes(std::move(octets)));
    auto const encoding = shape.beyond_ascii > 0 ? transfer_encoding::eight_bit : transfer_encoding::seven_bit;
    content_header(&mail, {"message/rfc822", {}, encoding});
    write_verbatim(with_crlf(std::move(octets)));
}

void renderer::write_encoded(std::string_view text, transfer_encoding encoding) {
    if (encoding == transfer_encoding::base64) return write_base64(text);
    if (encoding != transfer_encoding::quoted_printable) return write_verbatim(text);
    auto const encoded = codec::encode_quoted_printable(text);
    look_for_boundaries(encoded);
    out_ += encoded;
    end_unencoded_body();
}

// The line end that a message ends with is none of its octets.                                   RFC 2045 §6.7 rule 5
void renderer::soften_last_line() {
    if (open_multiparts_ > 0 || !out_.ends_with("\r\n")) return;
    auto const end = out_.size() - 2;
    auto const line = out_.rfind('\n', end - 1);
    bool const is_full = end - (line == out_.npos ? 0 : line + 1) >= 76;
    out_.insert(end, 1, '=');
    if (!is_full) return;
    auto const last = out_[end - 3] == '=' ? end - 3 : end - 1;  // a character, or an octet as "=E9"
    out_.insert(last, "=\r\n");
}

void renderer::write_verbatim(std::string_view text) {
    if (!tag_.empty() && text.find(tag_) != text.npos) tag_found_ = true;
    look_for_boundaries(text);
    out_ += text;
    end_unencoded_body();
}

// In a multipart the line end before a boundary belongs to the boundary: RFC 2046 §5.1.1. Elsewhere only a missing one
// is added.
void renderer::end_unencoded_body() {
    if (open_multiparts_ > 0)
        out_ += "\r\n";
    else
        rope_.end_line();
}

void renderer::write_base64(std::string_view octets) {
    auto size = codec::base64_lines_size(octets.size());
    if (size < smallest_own_piece) {
        auto begin = out_.size();
        out_.resize(begin + size);
        codec::encode_base64_lines(octets, out_.data() + begin);
        return;
    }
    auto room = std::make_shared_for_overwrite<char[]>(size);
    codec::encode_base64_lines(octets, room.get());
    std::string_view encoded(room.get(), size);
    rope_.append(wire::shared_piece{std::move(room), encoded});
}

void renderer::write_base64(data_content const& data) {
    if (auto const* octets = std::get_if<shared_octets>(&data)) {
        if ((*octets)->size() <= largest_encoded_at_once) return write_base64(**octets);
        return rope_.append(wire::base64_piece{shared_source(*octets)});
    }
    rope_.append(wire::base64_piece{std::get<octet_source_ptr>(data)});
}

}  // namespace postrider::mime
