#include "parser.hpp"

#include <algorithm>
#include <postrider/core/limits.hpp>

#include "blanks.hpp"
#include "header_summary.hpp"

namespace postrider::mime {

structure parser::run() {
    open(0);
    while (at_ < found_.octets.size()) {
        if (stack_.back().where != place::header && delimiters_.empty()) break;
        line const next = line_at(found_.octets, at_);
        auto const hit = delimiters_.match(found_.octets.substr(next.begin, next.end - next.begin));
        if (hit)
            take_delimiter(next, *hit);
        else if (stack_.back().where == place::header)
            take_header_line(next);
        else
            skip_body(next);
    }
    close_down_to(0, found_.octets.size());
    group_defects();
    return std::move(found_);
}

void parser::take_header_line(line const& next) {
    std::string_view const text = found_.octets.substr(next.begin, next.end - next.begin);
    line_role const role = role_in_header(text);
    open_part& part = stack_.back();
    if (role == line_role::blank) {
        if (next.begin == 0) tell(defect_kind::leading_blank_line, 0);
        return end_header(next.begin, next.next);
    }
    if (role == line_role::other) {
        tell(defect_kind::missing_header_body_separator, next.begin);
        return end_header(next.begin, next.begin);
    }
    if (next.end - current().header.begin > limits::header_octets) tell(defect_kind::header_octets_limit, next.begin);
    if (role == line_role::continuation)
        take_continuation(next);
    else if (role == line_role::envelope)
        take_envelope(next);
    else if (role == line_role::nameless)
        tell(defect_kind::invalid_header, next.begin);
    else if (++part.fields > limits::header_fields)
        tell(defect_kind::header_fields_limit, next.begin);

    if (role != line_role::continuation) part.in_field = role == line_role::field;
    part.any_line = true;
    at_ = next.next;
}

void parser::take_continuation(line const& next) {
    if (!stack_.back().in_field) tell(defect_kind::first_header_line_is_continuation, next.begin);
}

void parser::take_envelope(line const& next) {
    if (stack_.back().any_line) return tell(defect_kind::misplaced_envelope_header, next.begin);
    if (next.begin == 0) found_.envelope_line = found_.octets.substr(0, next.end);
    current().header.begin = next.next;
}

void parser::skip_body(line const& next) {
    std::size_t const feed = found_.octets.find("\n--", next.begin);
    at_ = feed == std::string_view::npos ? found_.octets.size() : feed + 1;
}

void parser::take_delimiter(line const& next, delimiters::hit hit) {
    bool const part_just_begun =
        stack_.size() == hit.level + 2 && stack_.back().where == place::header && !stack_.back().any_line;
    if (part_just_begun && !hit.closes) {  // a delimiter line written twice holds no part between its two
        current().header.begin = next.next;
        at_ = next.next;
        return;
    }
    close_down_to(hit.level + 1, next.begin);
    at_ = next.next;

    open_part& multipart = stack_.back();
    bool const first = multipart.where == place::preamble;
    if (hit.closes) {
        if (first) tell(defect_kind::start_boundary_not_found, next.begin);
        multipart.where = place::epilogue;
        current().epilogue.begin = next.next;
        delimiters_.close(multipart.boundary, hit.level);
        return;
    }
    std::size_t const body = current().body.begin;
    if (first) current().preamble = {body, end_of_line_before(found_.octets, next.begin, body)};
    multipart.where = place::parts;
    open(next.next);
}

void parser::end_header(std::size_t header_end, std::size_t body_begin) {
    node& part = current();
    part.header.end = header_end;
    part.body = {body_begin, body_begin};
    at_ = body_begin;
    stack_.back().where = place::leaf;

    std::string_view const octets = found_.octets.substr(part.header.begin, header_end - part.header.begin);
    header_summary const summary = summarize(header_view(octets, part.header.begin));
    if (summary.first_duplicate) tell(defect_kind::duplicate_field, summary.first_duplicate->offset);
    if (!summary.content_type && !part.in_digest) return;

    structured_field type;
    if (summary.content_type)
        type = parse_content_type(summary.content_type->body);
    else
        type.value = "message/rfc822";
    for (defect_kind kind : type.defects) tell(kind, summary.content_type->offset);
    std::string const encoding =
        parse_transfer_encoding(summary.transfer_encoding ? summary.transfer_encoding->body : std::string_view());

    if (type.value.starts_with("multipart/")) begin_multipart(type, encoding);
    if (type.value == "message/rfc822" || type.value == "message/global") begin_message(encoding);
}

void parser::begin_multipart(structured_field const& type, std::string_view encoding) {
    std::size_t const here = current().body.begin;
    std::string const* const written = type.find("boundary");
    std::string_view const boundary = written ? trim_back(*written) : std::string_view();
    if (boundary.empty() || boundary.size() > limits::boundary_octets)
        return tell(defect_kind::no_boundary_in_multipart, here);
    // Broken mailers label multiparts so and encode nothing; one that is truly encoded shows no delimiter line.
    if (!is_identity_encoding(encoding)) tell(defect_kind::invalid_multipart_content_transfer_encoding, here);
    if (current().depth >= limits::parse_depth) return tell(defect_kind::depth_limit, here);

    current().what = node::kind::multipart;
    current().digest = type.value == "multipart/digest";
    stack_.back().where = place::preamble;
    stack_.back().boundary = boundary;
    delimiters_.open(boundary, stack_.size() - 1);
}

void parser::begin_message(std::string_view encoding) {
    std::size_t const here = current().body.begin;
    if (!is_identity_encoding(encoding)) return tell(defect_kind::encoded_message, here);
    if (current().depth >= limits::parse_depth) return tell(defect_kind::depth_limit, here);
    if (found_.nodes.size() + 1 >= limits::parse_parts) return tell(defect_kind::part_limit, here);
    current().what = node::kind::message;
    stack_.back().where = place::message;
    open(here);
}

void parser::open(std::size_t begin) {
    auto const index = static_cast<std::uint32_t>(found_.nodes.size());
    node part;
    part.header = {begin, begin};
    if (!stack_.empty()) {
        open_part& parent = stack_.back();
        part.parent = parent.index;
        part.depth = static_cast<std::uint16_t>(current().depth + 1);
        part.in_digest = current().digest;
        current().has_children = true;
        if (parent.last_child != 0) found_.nodes[parent.last_child].next_sibling = index;
        parent.last_child = index;
    }
    found_.nodes.push_back(part);
    stack_.emplace_back().index = index;
    if (found_.nodes.size() < limits::parse_parts) return;

    tell(defect_kind::part_limit, begin);
    current().opaque = true;
    current().body = {begin, begin};
    stack_.back().where = place::leaf;
    at_part_limit_ = true;
    at_ = found_.octets.size();
}

void parser::close_down_to(std::size_t level, std::size_t end) {
    // RFC 2046 §5.1.1: the line end before a delimiter is the delimiter's. Where the message ends without the
    // delimiter, the last line end is taken for its, as Python does.
    auto const in_parts = [](open_part const& part) { return part.where == place::parts; };
    auto const multipart = std::find_if(stack_.begin(), stack_.end(), in_parts);
    auto const delimited = static_cast<std::size_t>(multipart - stack_.begin()) + 1;
    std::size_t reached = 0;
    while (stack_.size() > level) {
        if (stack_.back().where == place::header) {
            end_header(end, end);
            continue;
        }
        bool const trimmed = !at_part_limit_ && (level > 0 || stack_.size() > delimited);
        std::size_t const own_end = trimmed ? end_of_line_before(found_.octets, end, current().body.begin) : end;
        reached = std::max(reached, own_end);
        close_innermost(reached);
    }
}

void parser::close_innermost(std::size_t end) {
    open_part const& part = stack_.back();
    node& closed = current();
    closed.body.end = end;
    if (part.where == place::preamble) tell(defect_kind::start_boundary_not_found, end);
    if (part.where == place::parts && !at_part_limit_) tell(defect_kind::close_boundary_not_found, end);
    if (part.where == place::epilogue) closed.epilogue = {std::min(closed.epilogue.begin, end), end};
    if (!part.boundary.empty()) delimiters_.close(part.boundary, stack_.size() - 1);
    stack_.pop_back();
}

void parser::tell(defect_kind kind, std::size_t offset) {
    static_assert(static_cast<unsigned>(defect_kind::parameter_sections_limit) < 32, "each kind has a bit");
    auto const bit = std::uint32_t{1} << static_cast<unsigned>(kind);
    node& part = current();
    if (part.defect_kinds & bit) return;
    part.defect_kinds |= bit;
    ++part.defect_count;
    told_.push_back({stack_.back().index, {kind, offset}});
}

void parser::group_defects() {
    std::size_t first = 0;
    for (node& part : found_.nodes) {
        part.first_defect = first;
        first += part.defect_count;
        part.defect_count = 0;
    }
    found_.defects.resize(told_.size());
    for (told const& one : told_) {
        node& part = found_.nodes[one.part];
        found_.defects[part.first_defect + part.defect_count++] = one.what;
    }
}

parsed_message parse(std::string_view octets) {
    return parsed_message(std::make_shared<structure const>(parser(octets).run()));
}

}  // namespace postrider::mime
