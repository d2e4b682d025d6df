#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/parse.hpp>

#include "blanks.hpp"
#include "raw_octets.hpp"
#include "structure.hpp"
#include "transfer_encoding_field.hpp"
#include "visible.hpp"

namespace postrider::mime {
namespace {

std::string_view cut(structure const& of, octet_range range) noexcept {
    return of.octets.substr(range.begin, range.size());
}

}  // namespace

field_place* node::place_of(single_field name) noexcept {
    switch (name) {
        case single_field::content_type: return &content_type;
        case single_field::content_transfer_encoding: return &transfer_encoding;
        case single_field::content_disposition: return &disposition;
        case single_field::content_id: return &content_id;
        default: return nullptr;
    }
}

void node::keep(structured_field const& read, std::string_view octets) noexcept {
    constexpr std::size_t near = 255;
    std::string_view const written = text_of(content_type, octets).substr(0, near);
    std::string const* const value = read.find("charset");
    std::string_view const name = value ? trim(*value) : std::string_view();
    std::size_t const begin = written.find_first_not_of(" \t\r\n");
    std::size_t const named = written.find(name);
    if (begin == std::string_view::npos || named == std::string_view::npos) return;
    if (!ascii::equal_without_case(written.substr(begin, read.value.size()), read.value)) return;
    type = {static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(read.value.size())};
    charset = {static_cast<std::uint8_t>(named), static_cast<std::uint8_t>(name.size())};
}

std::string charset_of(structured_field const& type) {
    std::string const* const written = type.find("charset");
    return written ? ascii::lower(trim(*written)) : std::string();
}

parsed_message make_parsed(structure found) {
    return parsed_message(std::make_shared<structure const>(std::move(found)));
}

std::string_view parsed_message::octets() const noexcept {
    return structure_->octets;
}
std::string_view parsed_message::envelope_line() const noexcept {
    return cut(*structure_, structure_->envelope_line);
}
std::size_t parsed_message::part_count() const noexcept {
    return structure_->nodes.size();
}
parsed_part parsed_message::part(std::size_t index) const noexcept {
    return {*structure_, index};
}

node const& parsed_part::self() const noexcept {
    return structure_->nodes[index_];
}

std::size_t parsed_part::depth() const noexcept {
    return self().depth;
}

std::optional<parsed_part> parsed_part::parent() const noexcept {
    if (index_ == 0) return std::nullopt;
    return parsed_part(*structure_, self().parent);
}

std::vector<parsed_part> parsed_part::children() const {
    std::vector<parsed_part> found;
    if (!self().has_children) return found;
    for (std::size_t child = index_ + 1; child != 0; child = structure_->nodes[child].next_sibling)
        found.push_back(parsed_part(*structure_, child));
    return found;
}

bool parsed_part::is_container() const noexcept {
    return self().has_children;
}

octet_range parsed_part::header_range() const noexcept {
    return self().header;
}
octet_range parsed_part::body_range() const noexcept {
    return self().body;
}

octet_range parsed_part::range() const noexcept {
    return {self().header.begin, self().body.end};
}

std::string_view parsed_part::octets() const noexcept {
    return cut(*structure_, range());
}

header_view parsed_part::fields() const noexcept {
    return {cut(*structure_, self().header), self().header.begin};
}

std::string_view parsed_part::body() const noexcept {
    return cut(*structure_, self().body);
}

std::string_view parsed_part::preamble() const noexcept {
    return is_container() ? cut(*structure_, self().preamble) : std::string_view();
}

std::string_view parsed_part::epilogue() const noexcept {
    return is_container() ? cut(*structure_, self().epilogue) : std::string_view();
}

std::optional<std::string> parsed_part::value(std::string_view field_name) const {
    header_view const all = fields();
    auto const found = all.find(field_name);
    if (found == all.end()) return std::nullopt;
    return decode_field(*found, charset_for(found->body)).value;
}

std::string parsed_part::charset_for(std::string_view field_body) const {
    return codec::is_utf8(field_body) ? std::string() : header_charset();
}

std::string_view parsed_part::text_of(field_place place) const noexcept {
    return self().text_of(place, structure_->octets);
}

structured_field parsed_part::content_type_field() const {
    std::string_view const written = text_of(self().content_type);
    return content_type_field(charset_for(written));
}

structured_field parsed_part::content_type_field(std::string_view charset_of_raw) const {
    if (self().content_type) return parse_content_type(text_of(self().content_type), charset_of_raw);
    structured_field missing;
    missing.value = self().opaque ? "application/octet-stream" : self().in_digest ? "message/rfc822" : "text/plain";
    return missing;
}

std::string parsed_part::content_type() const {
    return self().type ? ascii::lower(self().word_of(self().type, structure_->octets)) : content_type_field({}).value;
}

std::optional<structured_field> parsed_part::disposition_field() const {
    if (!self().disposition) return std::nullopt;
    std::string_view const written = text_of(self().disposition);
    return parse_content_disposition(written, charset_for(written));
}

std::optional<std::string> parsed_part::charset() const {
    if (!self().content_type) return std::nullopt;
    std::string name = self().type ? ascii::lower(self().word_of(self().charset, structure_->octets))
                                   : charset_of(content_type_field({}));
    if (name.empty()) return std::nullopt;
    return name;
}

std::string parsed_part::header_charset() const {
    constexpr std::size_t asked_at_most = 16;  // so that whoever asks for every field of every part waits no longer
    std::size_t const end = std::min(structure_->nodes.size(), index_ + asked_at_most);
    for (std::size_t i = index_; i < end; ++i) {
        if (i > index_ && structure_->nodes[i].depth <= self().depth) break;
        auto charset = parsed_part(*structure_, i).charset();
        if (charset && *charset != "utf-8" && *charset != "us-ascii") return std::move(*charset);
    }
    return "windows-1252";
}

std::optional<std::string> parsed_part::disposition() const {
    auto const field = disposition_field();
    if (!field || field->value.empty()) return std::nullopt;
    return field->value;
}

std::optional<std::string> parsed_part::filename() const {
    auto const disposition = disposition_field();
    structured_field const type = content_type_field();
    std::string const* name = disposition ? disposition->find("filename") : nullptr;
    if (!name) name = type.find("name");
    std::string_view const trimmed = name ? trim(*name) : std::string_view();
    if (trimmed.empty()) return std::nullopt;
    return std::string(trimmed);
}

std::optional<std::string> parsed_part::content_id() const {
    if (!self().content_id) return std::nullopt;
    std::string_view const written = text_of(self().content_id);
    std::string const body = escape_controls(read_raw_octets(unfold(written), charset_for(written)).text);
    std::string_view id = trim(body);
    if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
    if (id.empty()) return std::nullopt;
    return std::string(id);
}

std::string parsed_part::transfer_encoding() const {
    return parse_transfer_encoding(text_of(self().transfer_encoding));
}

bool parsed_part::is_text() const {
    if (is_container()) return false;
    if (!self().content_type) return !self().opaque && !self().in_digest;
    return content_type().starts_with("text/");
}

std::span<defect const> parsed_part::defects() const noexcept {
    return std::span(structure_->defects).subspan(self().first_defect, self().defect_count);
}

}  // namespace postrider::mime
