#include "parser.hpp"

#include <algorithm>
#include <postrider/core/limits.hpp>

#include "room.hpp"

namespace postrider::mime {

parser::parser(parse_options options, nesting within) : options_(options) {
    found_.within = within;
    open(0);
}

void parser::read(std::string_view octets) {
    found_.octets = octets;
    take_lines();
}

structure parser::finish(std::string_view octets) {
    whole_ = true;
    read(octets);
    close_down_to(0, octets.size());
    group_defects();
    return std::move(found_);
}

void parser::take_lines() {
    while (!settled_ && at_ < found_.octets.size()) {
        bool const in_header = stack_.back().where == place::header;
        if (!in_header && delimiters_.empty()) {
            settled_ = true;
            return;
        }
        if (!in_header && !found_.octets.substr(at_).starts_with("--")) {
            if (!skip_body_lines()) return;
            continue;
        }
        auto const next = next_line();
        if (!next) return;
        auto const hit = delimiters_.match(found_.octets.substr(next->begin, next->end - next->begin));
        if (hit)
            take_delimiter(*next, *hit);
        else if (in_header)
            take_header_line(*next);
        else
            at_ = next->next;
    }
}

/// Goes to the next line that begins with "--"; false when there is none yet.
bool parser::skip_body_lines() {
    constexpr std::string_view start = "\n--";
    std::size_t const size = found_.octets.size();
    std::size_t const feed = found_.octets.find(start, std::max(at_, searched_));
    if (feed != std::string_view::npos) {
        at_ = feed + 1;
        return true;
    }
    if (whole_)
        at_ = size;
    else
        searched_ = std::max(searched_, size - std::min(size, start.size() - 1));
    return whole_;
}

/// The line at hand, when its end is there.
std::optional<line> parser::next_line() {
    std::size_t const feed = found_.octets.find('\n', std::max(at_, searched_));
    if (feed == std::string_view::npos && !whole_) {
        searched_ = found_.octets.size();
        return std::nullopt;
    }
    return line_until(found_.octets, at_, feed);
}

void parser::tell(defect_kind kind, std::size_t offset) {
    static_assert(defect_kinds <= 64, "each kind has a bit");
    auto const bit = std::uint64_t{1} << static_cast<unsigned>(kind);
    node& part = current();
    if (part.defect_kinds & bit) return;
    part.defect_kinds |= bit;
    ++part.defect_count;
    make_room(told_);
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

parsed_message parse(std::string_view octets, parse_options options) {
    return make_parsed(parser(options).finish(octets));
}

}  // namespace postrider::mime
