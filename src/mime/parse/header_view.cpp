#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/field.hpp>

#include "blanks.hpp"
#include "line.hpp"

namespace postrider::mime {

header_view::iterator header_view::begin() const {
    iterator first;
    first.octets_ = octets_;
    first.base_ = base_;
    return ++first;
}

header_view::iterator header_view::find(std::string_view name) const {
    return std::find_if(begin(), end(), [&](field_view const& field) { return same_name(field.name, name); });
}

header_view::iterator& header_view::iterator::operator++() {
    field_ = {};
    while (next_ < octets_.size() && listed_ < limits::header_fields) {
        line const first = line_at(octets_, next_);
        std::string_view const text = octets_.substr(first.begin, first.end - first.begin);
        std::size_t end = first.end;
        next_ = first.next;
        header_line const read = read_header_line(text);
        if (read.role != line_role::field) continue;

        while (next_ < octets_.size() && is_blank(octets_[next_])) {
            line const more = line_at(octets_, next_);
            end = more.end;
            next_ = more.next;
        }
        if (end > limits::header_octets) break;
        std::size_t const colon = read.name_size;
        field_ = {text.substr(0, colon), octets_.substr(first.begin + colon + 1, end - first.begin - colon - 1),
                  base_ + first.begin};
        ++listed_;
        return *this;
    }
    return *this;
}

header_view::iterator header_view::iterator::operator++(int) {
    iterator const before = *this;
    ++*this;
    return before;
}

std::string unfold(std::string_view field_body) {
    std::size_t begin = 0;
    while (begin < field_body.size() && is_blank(field_body[begin])) ++begin;
    if (field_body.find('\n', begin) == std::string_view::npos) return std::string(field_body.substr(begin));

    std::string unfolded;
    unfolded.reserve(field_body.size() - begin);
    for (std::size_t at = begin; at < field_body.size();) {
        line const piece = line_at(field_body, at);
        std::string_view text = field_body.substr(piece.begin, piece.end - piece.begin);
        unfolded += unfolded.empty() ? trim_front(text) : text;
        at = piece.next;
    }
    return unfolded;
}

}  // namespace postrider::mime
