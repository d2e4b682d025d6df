#include <algorithm>
#include <postrider/core/limits.hpp>

#include "../characters.hpp"
#include "parser.hpp"
#include "room.hpp"

namespace postrider::mime {

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
    if (first) {
        current().preamble = {body, end_of_line_before(found_.octets, next.begin, body)};
        look_for_hidden_content(current().preamble);
    }
    multipart.where = place::parts;
    open(next.next);
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
    make_room(found_.nodes);
    found_.nodes.push_back(part);
    stack_.emplace_back().index = index;
    if (found_.nodes.size() >= limits::parse_parts) stop_at_part_limit(begin);
}

void parser::stop_at_part_limit(std::size_t begin) {
    tell(defect_kind::part_limit, begin);
    current().opaque = true;
    current().body = {begin, begin};
    stack_.back().where = place::leaf;
    at_part_limit_ = true;
    settled_ = true;
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
    if (part.index == 0 && closed.claims_multipart && !closed.has_children)  // Python tells it of the root alone
        tell(defect_kind::multipart_invariant_violation, closed.body.begin);
    if (part.where == place::epilogue) {
        closed.epilogue = {std::min(closed.epilogue.begin, end), end};
        look_for_hidden_content(closed.epilogue);
    }
    if (!part.boundary.empty()) delimiters_.close(part.boundary, stack_.size() - 1);
    stack_.pop_back();
}

/// Nobody shows what stands there, and some filters do not look; but some readers take a part from it.
void parser::look_for_hidden_content(octet_range range) {
    for (std::size_t at = range.begin; at < range.end;) {
        line const next = line_at(found_.octets.substr(0, range.end), at);
        std::string_view const text = found_.octets.substr(at, next.end - at);
        if (starts_without_case(text, "Content-") && read_header_line(text).role == line_role::field)
            return tell(defect_kind::hidden_content, at);
        at = next.next;
    }
}

}  // namespace postrider::mime
