#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>

#include "../characters.hpp"
#include "../field_kind.hpp"
#include "../parse/transfer_encoding_field.hpp"
#include "../renderer.hpp"
#include "leaf.hpp"
#include "origin.hpp"
#include "parsed_field.hpp"

/// Messages that were parsed. What nobody touched keeps its octets; a multipart is written around its parts, with the
/// delimiter lines it had wherever two parts still stand side by side.
namespace postrider::mime {
namespace {

bool is_signed(message const& mail) {
    return mail.get_content_type() == "multipart/signed";
}

/// The parts of a multipart as they were parsed, and whether a part still stands where it stood.
class parsed_order {
public:
    explicit parsed_order(origin const& of) : of_(of) {
        for (auto const& child : of.part.children()) indices_.push_back(child.index());
    }

    bool is_first(message const& part) const noexcept { return stood_here(part) && place_of(part) == 0; }
    bool is_last(message const& part) const noexcept { return place_of(part) + 1 == indices_.size(); }
    bool are_neighbours(message const& a, message const& b) const noexcept {
        return stood_here(a) && stood_here(b) && place_of(a) + 1 == place_of(b);
    }

private:
    bool stood_here(message const& part) const noexcept { return place_of(part) < indices_.size(); }
    std::size_t place_of(message const& part) const noexcept {
        auto const& from = part.parsed_from();
        if (!from || &from->table != &of_.table) return indices_.size();
        auto const at = std::lower_bound(indices_.begin(), indices_.end(), from->part.index());
        bool const found = at != indices_.end() && *at == from->part.index();
        return found ? static_cast<std::size_t>(at - indices_.begin()) : indices_.size();
    }

    origin const& of_;
    std::vector<std::size_t> indices_;
};

/// Whether every server takes the lines as they are.                                           RFC 5321 §4.5.3.1.6
bool fits_lines(std::string_view octets) noexcept {
    while (octets.size() > limits::line_octets) {
        auto const end = std::min(octets.find('\n'), octets.size());
        bool const has_cr = end > 0 && octets[end - 1] == '\r';
        if (end - has_cr > limits::line_octets) return false;
        octets.remove_prefix(std::min(end + 1, octets.size()));
    }
    return true;
}

/// How many octets the line end takes that `octets` begin with.
std::size_t first_line_end(std::string_view octets) noexcept {
    if (octets.starts_with("\r\n")) return 2;
    return octets.starts_with('\n') ? 1 : 0;
}

}  // namespace

renderer::ending renderer::parsed_entity(message const& mail) {
    if (!keeps_body(mail)) return renewed_entity(mail);
    parsed_header(mail, nullptr);
    return parsed_body(mail);
}

renderer::ending renderer::renewed_entity(message const& mail) {
    entity(mail);
    return open_multiparts_ > 0 ? ending::delimiter_line : ending::open;
}

bool renderer::keeps_body(message const& mail) const {
    if (auto const* leaf = std::get_if<message::parsed_content>(&mail.body()))
        return leaf->from == mail.parsed_from() && travels_as_parsed(mail, *leaf);
    if (auto const* all = std::get_if<message::multipart_content>(&mail.body())) return keeps_parts(mail, *all);
    auto const* inner = std::get_if<message::message_content>(&mail.body());
    auto const* child = inner ? inner->enclosed->parsed_from().get() : nullptr;
    auto const& from = *mail.parsed_from();
    return child && &child->table == &from.table && child->part.index() == from.part.index() + 1;
}

bool renderer::travels_as_parsed(message const& mail, message::parsed_content const& leaf) const {
    auto const was = leaf.from->part.transfer_encoding();
    if (!mail.has_parsed_header()) {
        auto const* is = mail.find("Content-Transfer-Encoding");
        auto const now = is ? parse_transfer_encoding(raw_text_of(*is)) : "7bit";
        if (now != was && !(is_identity_encoding(now) && is_identity_encoding(was))) return false;
    }
    if (sends_ && !is_under_signature() && !fits_lines(leaf.encoded())) return false;
    return leaves_8bit() || codec::is_ascii(leaf.encoded());
}

bool renderer::keeps_parts(message const& mail, message::multipart_content const& all) const {
    auto const& from = *mail.parsed_from();
    bool const was_multipart = from.part.is_container() && !from.boundary().empty();
    bool const clashed = std::find(clashes_.begin(), clashes_.end(), &mail) != clashes_.end();
    return was_multipart && !all.parts.empty() && !all.preamble && !all.epilogue && !clashed &&
           mail.get_boundary() == from.boundary();
}

renderer::ending renderer::parsed_body(message const& mail) {
    auto const& from = *mail.parsed_from();
    auto const body = from.part.body_range();
    if (auto const* all = std::get_if<message::multipart_content>(&mail.body())) return parsed_parts(mail, all->parts);
    if (auto const* inner = std::get_if<message::message_content>(&mail.body()))
        return parsed_enclosed(mail, *inner->enclosed);
    body_octets(from, from.part.header_range().end, body.end);
    return ending::open;
}

renderer::ending renderer::parsed_enclosed(message const& mail, message const& inner) {
    auto const& from = *mail.parsed_from();
    auto const& child = *inner.parsed_from();
    body_octets(from, from.part.header_range().end, child.part.header_range().begin);
    ++enclosures_;
    // Without a blank line, a field that the enclosed message has got would be one of the outer header.
    if (from.separator().empty() && !(keeps_header(inner) && keeps_body(inner))) {
        rope_.end_line();
        end_header();
    }
    auto const end = parsed_entity(inner);
    --enclosures_;
    if (end == ending::open) body_octets(from, child.part.body_range().end, from.part.body_range().end);
    return end;
}

renderer::ending renderer::parsed_parts(message const& mail, std::vector<message> const& parts) {
    auto const& from = *mail.parsed_from();
    bool const is_signature = is_signed(mail);
    watch_for(from.boundary(), mail);
    ++open_multiparts_;
    signed_parts_ += is_signature;

    parsed_order const order(from);
    body_octets(from, from.part.header_range().end, from.part.body_range().begin);
    message const* last = nullptr;
    auto end = ending::open;
    for (auto const& part : parts) {
        if (last ? order.are_neighbours(*last, part) : order.is_first(part))
            parsed_gap(from, end, last, part.parsed_from()->part.header_range().begin);
        else
            delimiter_like_parsed(from, end, last);
        end = parsed_or_composed_part(part);
        last = &part;
    }
    signed_parts_ -= is_signature;
    if (!order.is_last(*last)) return close_like_parsed(from, end);
    --open_multiparts_;
    given_boundaries_.pop_back();
    return parsed_gap(from, end, last, from.part.body_range().end);
}

renderer::ending renderer::parsed_or_composed_part(message const& part) {
    if (part.parsed_from()) return parsed_entity(part);
    fields(part);
    entity(part);
    return ending::delimiter_line;
}

// Between two parts that always were neighbours, before the first and behind the last: what stood there, but for a line
// end that stands already.
renderer::ending renderer::parsed_gap(origin const& from, ending before, message const* last, std::size_t end) {
    auto begin = last ? last->parsed_from()->part.body_range().end : from.part.body_range().begin;
    if (begin == end) return before;
    if (before == ending::delimiter_line) begin += first_line_end(from.cut(begin, end));
    if (last && !first_line_end(from.cut(begin, end))) rope_.end_line();
    body_octets(from, begin, end);
    return begin == end ? before : ending::open;
}

void renderer::delimiter_like_parsed(origin const& from, ending before, message const* last) {
    auto const preamble = from.part.preamble().size();
    auto const begin = from.part.body_range().begin;
    if (!last) body_octets(from, begin, begin + preamble);
    if (before == ending::open && (last || preamble > 0)) out_ += "\r\n";
    next_part(from.boundary());
}

renderer::ending renderer::close_like_parsed(origin const& from, ending before) {
    if (before == ending::open) out_ += "\r\n";
    close_multipart(from.boundary());
    auto const epilogue = from.part.epilogue().size();
    auto const end = from.part.body_range().end;
    body_octets(from, end - epilogue, end);
    return epilogue == 0 ? ending::delimiter_line : ending::open;
}

// Content that has got a part of its own, with the fields that describe it: make_mixed.
void renderer::moved_leaf(message const& mail, message::parsed_content const& content) {
    for (auto const& one : mail.fields())
        if (is_content_field(one.name)) put(one);
    end_header();
    auto const body = content.from->part.body_range();
    body_octets(*content.from, body.begin, body.end);
    end_unencoded_body();
}

// The content stays what it is; only how it travels changes.
void renderer::renewed_leaf(message const& mail, message::parsed_content const& content) {
    if (!mail.parsed_from() && travels_as_parsed(mail, content)) return moved_leaf(mail, content);
    auto const decoded = content.decoded();
    std::string octets(decoded.octets());
    if (mail.get_content_maintype() != "text")
        return data_leaf(mail, std::make_shared<std::string const>(std::move(octets)));
    text_leaf(&mail, "text/plain", {std::move(octets), mail.get_content_charset().value_or(std::string())});
}

}  // namespace postrider::mime
