#include "address_members.hpp"

#include <postrider/codec/encoded_word.hpp>

#include "../parse/blanks.hpp"

namespace postrider::mime {
namespace {

constexpr std::size_t none = std::string_view::npos;

/// One past what closes the quoted-string or comment that begins at `open`; npos when nothing does.
std::size_t end_of_closed_quote(std::string_view text, std::size_t open) noexcept {
    for (std::size_t at = open + 1; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return none;
}

std::size_t end_of_closed_comment(std::string_view text, std::size_t open) noexcept {
    std::size_t depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '(')
            ++depth;
        else if (text[at] == ')' && --depth == 0)
            return at + 1;
    }
    return none;
}

/// The ">" of the "<" at `open`; npos when another "<" comes first, or none, or a quote that does not close.
std::size_t find_close(std::string_view text, std::size_t open, bool quotes_close) noexcept {
    std::size_t at = open + 1;
    while (at < text.size() && text[at] != '<' && text[at] != '>') {
        bool const quote = quotes_close && text[at] == '"';
        at = quote ? end_of_closed_quote(text, at) : at + 1;
    }
    return at < text.size() && text[at] == '>' ? at : none;
}

}  // namespace

/// Where what begins at at_ ends: a quoted-string, comment, domain-literal or encoded-word, or one character.
std::size_t address_cutter::end_of_token() noexcept {
    std::size_t end = none;
    switch (text_[at_]) {
        case '"':
            if (quotes_close_) end = end_of_closed_quote(text_, at_);
            quotes_close_ &= end != none;
            break;
        case '(':
            if (comments_close_) end = end_of_closed_comment(text_, at_);
            comments_close_ &= end != none;
            break;
        case '[':
            if (literals_close_) end = text_.find(']', at_);
            literals_close_ &= end != none;
            break;
        case '=':
            if (std::size_t const octets = codec::encoded_word_octets(text_.substr(at_))) end = at_ + octets;
            break;
        default: break;
    }
    return end == none ? at_ + 1 : end;
}

/// The same for the "<" at at_, which `member` takes down.
std::size_t address_cutter::end_of_angle(address_member& member, std::size_t begin) noexcept {
    std::size_t const close = find_close(text_, at_, quotes_close_);
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
        at_ = c == '<' ? end_of_angle(member, begin) : end_of_token();
    }
    member.text = trim_back(text_.substr(begin, at_ - begin));
    ++at_;
    return member;
}

}  // namespace postrider::mime
