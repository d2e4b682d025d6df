#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>

#include "../characters.hpp"
#include "../line_ends.hpp"
#include "../renderer.hpp"
#include "header_lines.hpp"
#include "origin.hpp"
#include "parsed_field.hpp"

/// The header of a message that was parsed: each field that nobody touched keeps its octets and its place, and so do
/// lines that are no fields.
namespace postrider::mime {
namespace {

bool is_blind(std::string_view name) noexcept {
    return ascii::equal_without_case(name, "Bcc") || ascii::equal_without_case(name, "Resent-Bcc");
}

bool has_line_longer_than(std::string_view field, std::size_t octets) noexcept {
    while (!field.empty()) {
        auto const end = std::min(field.find('\n'), field.size());
        if (end > octets + (end > 0 && field[end - 1] == '\r')) return true;
        field.remove_prefix(std::min(field.size(), end + 1));
    }
    return false;
}

parameterized const* parameters_of(field const& one) noexcept {
    return std::get_if<parameterized>(&one.body);
}

bool says_charset(field const& type, std::string_view charset) {
    auto const* body = parameters_of(type);
    auto const* declared = body ? body->find("charset") : nullptr;
    return charset.empty() || (declared && declared->value && ascii::equal_without_case(*declared->value, charset));
}

std::string first_identifier(std::string const& text) {
    auto const open = text.find('<');
    auto const close = text.find('>', std::min(open, text.size()));
    return close == text.npos ? std::string() : text.substr(open, close + 1 - open);
}

bool says_encoding(field const& one, std::optional<transfer_encoding> const& encoding) {
    return encoding && ascii::equal_without_case(to_string(one.body), to_string(*encoding));
}

}  // namespace

void renderer::parsed_root(message const& mail, bool with_envelope_line) {
    auto const& from = *mail.parsed_from();
    is_signed_whole_ = sends_ && mail.contains("DKIM-Signature");
    if (sends_)
        if (auto const* id = mail.find("Message-ID")) wire_.set_message_id(first_identifier(raw_text_of(*id)));
    if (with_envelope_line && from.part.index() == 0) body_octets(from, 0, from.part.header_range().begin);
    auto const end = parsed_entity(mail);
    if (sends_ && end == ending::open) rope_.end_line();
}

bool renderer::keeps_8bit_fields() const noexcept {
    if (ascii_header_ && enclosures_ == 0) return false;
    return how_.cte_type != policy::transfer::seven_bit || how_.utf8;
}

bool renderer::keeps_field(field const& one) const {
    if (!one.is_raw()) return false;
    if (is_under_signature()) return true;
    auto const& octets = one.raw.octets;
    if (how_.refold_source == policy::refold::none) return keeps_8bit_fields() || codec::is_ascii(octets);
    return how_.refold_source == policy::refold::long_lines && how_.max_line_length > 0 &&
           !has_line_longer_than(octets, how_.max_line_length);
}

bool renderer::keeps_header(message const& mail) const {
    if (!mail.has_parsed_header()) return false;
    if (signed_parts_ > 0) return true;
    auto const& from = *mail.parsed_from();
    bool const encoding_may_change = how_.cte_type == policy::transfer::seven_bit && mail.is_multipart();
    bool const octets_may_change = !keeps_8bit_fields() && !codec::is_ascii(from.header());
    bool const fields_may_change =
        how_.refold_source != policy::refold::none || (!is_signed_whole_ && (encoding_may_change || octets_may_change));
    if (fields_may_change) return false;
    if (!sends_ || keep_bcc_ || enclosures_ > 0) return true;
    auto const seen = from.part.fields();
    return seen.find("Bcc") == seen.end() && seen.find("Resent-Bcc") == seen.end();
}

void renderer::parsed_header(message const& mail, content_fields const* renewed) {
    auto const& from = *mail.parsed_from();
    if (!renewed && keeps_header(mail)) return header_octets({from.table.owner, from.header()});
    header_lines lines(from);
    for (auto const& one : mail.fields()) {
        if (is_blind(one.name) && sends_ && !keep_bcc_ && enclosures_ == 0) continue;
        for (auto const stray : lines.before(one)) header_octets({from.table.owner, stray});
        rope_.end_line();
        parsed_field(mail, one, renewed);
    }
    for (auto const stray : lines.rest()) header_octets({from.table.owner, stray});
    if (!renewed) return;
    rope_.end_line();
    missing_content_fields(mail, *renewed);
    if (from.separator().empty())
        end_header();
    else
        body_octets(from, from.part.header_range().end, from.part.body_range().begin);
}

void renderer::parsed_field(message const& mail, field const& one, content_fields const* renewed) {
    bool const is_type = ascii::equal_without_case(one.name, "Content-Type");
    bool const is_encoding = ascii::equal_without_case(one.name, "Content-Transfer-Encoding");
    if (renewed && is_encoding) {
        if (says_encoding(one, renewed->encoding) && keeps_field(one)) return header_octets(one.raw);
        if (renewed->encoding) transfer_field(*renewed->encoding);
        return;
    }
    if (renewed && is_type && renewed->multipart) {
        header_.open(one.name, *renewed->multipart, "boundary");
        header_.quoted_parameter("boundary", renewed->boundary);
        return header_.end();
    }
    if (renewed && is_type && parameters_of(one) && !says_charset(one, renewed->charset)) {
        header_.open(one.name, *parameters_of(one), "charset");
        header_.parameter({"charset", std::string(renewed->charset)});
        return header_.end();
    }
    // RFC 2045 §6.4: what has parts says 8bit only where one of them does.
    if (is_encoding && !leaves_8bit() && mail.is_multipart())
        return transfer_field(goes_in_8bit(mail) ? transfer_encoding::eight_bit : transfer_encoding::seven_bit);
    bool const stood_here = one.raw.owner == mail.parsed_from()->table.owner;
    if (stood_here && keeps_field(one)) return header_octets(one.raw);
    put(one);
}

void renderer::missing_content_fields(message const& mail, content_fields const& says) {
    if (!mail.contains("MIME-Version") && open_multiparts_ == 0 && enclosures_ == 0) out_ += "MIME-Version: 1.0\r\n";
    if (!mail.contains("Content-Type") && says.multipart) {
        header_.open("Content-Type", *says.multipart, "boundary");
        header_.quoted_parameter("boundary", says.boundary);
        header_.end();
    } else if (!mail.contains("Content-Type")) {
        content_type(nullptr, says.type, says.charset);
    }
    if (!mail.contains("Content-Transfer-Encoding") && says.encoding) transfer_field(*says.encoding);
}

void renderer::header_octets(raw_octets const& octets) {
    rope_.verbatim(octets);
    note_8bit_header(octets.octets);
}

// A field from elsewhere keeps its octets but for line ends.
void renderer::raw_field(std::string_view octets) {
    append_with_crlf(out_, octets);
    rope_.end_line();
    note_8bit_header(octets);
}

// RFC 6531: UTF-8 in a header needs SMTPUTF8; in that of an enclosed message it is content.
void renderer::note_8bit_header(std::string_view octets) {
    if (!sends_ || codec::is_ascii(octets)) return;
    wire_.set_has_8bit(true);
    if (enclosures_ == 0) wire_.set_needs_smtputf8(true);
}

void renderer::body_octets(origin const& from, std::size_t begin, std::size_t end) {
    auto const octets = from.cut(begin, end);
    look_for_boundaries(from, octets);
    rope_.verbatim({from.table.owner, octets});
    if (sends_ && !codec::is_ascii(octets)) wire_.set_has_8bit(true);
}

}  // namespace postrider::mime
