#include "address_members.hpp"

#include <postrider/codec/encoded_word.hpp>

#include "../parse/blanks.hpp"
#include "../parse/comments.hpp"

namespace postrider::mime {
namespace {

constexpr std::size_t none = std::string_view::npos;

}  // namespace

/// Where what begins at `at` ends: a quoted-string, comment, domain-literal or encoded-word, or one character.
std::size_t address_cutter::end_of_token(std::size_t at) noexcept {
    std::size_t end = none;
    switch (text_[at]) {
        case '"':
            if (quotes_close_) end = end_of_closed_quoted_string(text_, at);
            quotes_close_ &= end != none;
            break;
        case '(':
            if (comments_close_) end = end_of_closed_comment(text_, at);
            comments_close_ &= end != none;
            break;
        case '[':
            if (literals_close_) end = text_.find(']', at);
            literals_close_ &= end != none;
            break;
        case '=':
            if (std::size_t const octets = codec::encoded_word_octets(text_.substr(at))) end = at + octets;
            break;
        default: break;
    }
    return end == none ? at + 1 : end;
}

/// The ">" of the "<" at `open`; npos when another "<" comes first, or none. What stands in a comment closes nothing.
std::size_t address_cutter::find_close(std::size_t open) noexcept {
    std::size_t at = open + 1;
    while (at < text_.size() && text_[at] != '<' && text_[at] != '>') at = end_of_token(at);
    return at < text_.size() && text_[at] == '>' ? at : none;
}

/// One past the "<" at at_, or past its ">"; `member` takes both down.
std::size_t address_cutter::end_of_angle(address_member& member, std::size_t begin) noexcept {
    std::size_t const close = find_close(at_);
    member.open = at_ - begin;
    member.close = close == none ? none : close - begin;
    member.angles += close != none;
    return close == none ? at_ + 1 : close + 1;
}

address_member address_cutter::next() noexcept {
    while (!at_end() && is_blank(text_[at_])) ++at_;
    std::size_t const begin = at_;
    address_member member;
    while (!at_end()) {
        char const c = text_[at_];
        if (c == ',' || c == ';' || c == ':') {
            member.ended_by = c;
            break;
        }
        at_ = c == '<' ? end_of_angle(member, begin) : end_of_token(at_);
    }
    member.text = trim_back(text_.substr(begin, at_ - begin));
    ++at_;
    return member;
}

}  // namespace postrider::mime
