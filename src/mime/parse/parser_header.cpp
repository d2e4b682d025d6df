#include <postrider/core/limits.hpp>

#include "parser.hpp"

namespace postrider::mime {

void parser::take_header_line(line const& next) {
    header_line const read = read_header_line(found_.octets.substr(next.begin, next.end - next.begin));
    if (read.role == line_role::blank) {
        if (next.begin == 0) tell(defect_kind::leading_blank_line, 0);
        return end_header(next.begin, next.next);
    }
    if (read.role == line_role::other) {
        tell(defect_kind::missing_header_body_separator, next.begin);
        return end_header(next.begin, next.begin);
    }
    if (next.end - current().header.begin > limits::header_octets) tell(defect_kind::header_octets_limit, next.begin);
    if (read.role == line_role::continuation)
        take_continuation(next);
    else if (read.role == line_role::envelope)
        take_envelope(next);
    else if (read.role == line_role::nameless)
        tell(defect_kind::invalid_header, next.begin);
    else
        take_field(next, read.name_size);

    open_part& part = stack_.back();
    if (read.role != line_role::continuation) part.in_field = read.role == line_role::field;
    part.any_line = true;
    at_ = next.next;
}

void parser::take_field(line const& next, std::size_t name_size) {
    open_part& part = stack_.back();
    part.last = single_field::none;
    if (++part.fields > limits::header_fields) return tell(defect_kind::header_fields_limit, next.begin);
    std::size_t const section = current().header.begin;
    if (next.end - section > limits::header_octets) return;

    single_field const name = single_field_of(found_.octets.substr(next.begin, name_size));
    if (name == single_field::none) return;
    auto const bit = std::uint32_t{1} << static_cast<unsigned>(name);
    if (part.seen & bit) return tell(defect_kind::duplicate_field, next.begin);
    part.seen |= bit;
    part.last = name;
    if (field_place* const kept = current().place_of(name))
        *kept = {static_cast<std::uint32_t>(next.begin + name_size + 1 - section),
                 static_cast<std::uint32_t>(next.end - section)};
}

void parser::take_continuation(line const& next) {
    open_part const& part = stack_.back();
    if (!part.in_field) return tell(defect_kind::first_header_line_is_continuation, next.begin);
    field_place* const kept = current().place_of(part.last);
    if (!kept || !*kept) return;
    std::size_t const end = next.end - current().header.begin;
    // A field that ends beyond the limit is not listed, so it does not count either.
    *kept = end > limits::header_octets ? field_place{} : field_place{kept->begin, static_cast<std::uint32_t>(end)};
}

void parser::take_envelope(line const& next) {
    if (stack_.back().any_line) return tell(defect_kind::misplaced_envelope_header, next.begin);
    if (next.begin != 0) return;
    found_.envelope_line = {0, next.end};
    current().header.begin = next.next;
}

void parser::end_header(std::size_t header_end, std::size_t body_begin) {
    node& part = current();
    part.header.end = header_end;
    part.body = {body_begin, body_begin};
    at_ = body_begin;
    stack_.back().where = place::leaf;
    if (options_.headers_only)
        settled_ = true;
    else if (part.content_type || part.in_digest)
        begin_body();
}

}  // namespace postrider::mime
