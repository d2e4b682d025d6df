#include "address_reader.hpp"

#include <algorithm>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>

#include "../characters.hpp"
#include "../parse/visible.hpp"
#include "../parse/word_defects.hpp"
#include "field_text.hpp"
#include "plain_mailbox.hpp"

namespace postrider::mime {
namespace {

error_code bad() {
    return make_error_code(errc::bad_address);
}

}  // namespace

result<std::vector<address_entry>> address_reader::read_list() {
    std::vector<address_entry> entries;
    for (;;) {
        if (auto ec = skip_to_member()) return ec;
        if (at_end()) return entries;
        if (auto ec = read_entry(entries.emplace_back())) return ec;
        if (!at_end() && peek() != ',') return bad();
    }
}

result<mailbox> address_reader::read_one() {
    mailbox one;
    if (auto ec = read_member(one)) return ec;
    if (!at_end()) return bad();
    return one;
}

bool address_reader::take(char c) noexcept {
    if (peek() != c) return false;
    ++at_;
    return true;
}

// [CFWS] and the commas of empty members, obs-mbox-list.
error_code address_reader::skip_to_member() {
    do {
        if (auto ec = skip_cfws()) return ec;
    } while (take(','));
    return {};
}

error_code address_reader::skip_cfws() {
    while (!at_end()) {
        if (is_blank(peek())) {
            ++at_;
        } else if (peek() == '(') {
            if (auto ec = skip_comment()) return ec;
        } else {
            return {};
        }
    }
    return {};
}

// Comments nest; a counter stands for the nesting, whatever its depth.
error_code address_reader::skip_comment() {
    std::size_t begin = at_ + 1, depth = 0;
    for (; !at_end(); ++at_) {
        switch (text_[at_]) {
            case '\\': ++at_; break;
            case '(': ++depth; break;
            case ')':
                if (--depth == 0) {
                    comment_ = text_.substr(begin, at_ - begin);
                    ++at_;
                    return {};
                }
                break;
            default: break;
        }
        if (at_end()) break;
    }
    return bad();
}

error_code address_reader::read_entry(address_entry& entry) {
    auto& one = entry.mailboxes.emplace_back();
    if (take_plain_mailbox(one)) return finish_mailbox();
    if (auto ec = read_words()) return ec;
    if (peek() != ':') return read_mailbox(one);
    if (phrase_.empty()) return bad();
    entry.mailboxes.clear();
    ++at_;
    entry.is_group = true;
    entry.name = std::move(phrase_);
    return read_members(entry.mailboxes);
}

// A group holds no group: a ":" inside is an error, so nesting cannot grow.
error_code address_reader::read_members(std::vector<mailbox>& members) {
    for (;;) {
        if (auto ec = skip_to_member()) return ec;
        if (take(';')) return skip_cfws();
        if (at_end()) return bad();
        if (auto ec = read_member(members.emplace_back())) return ec;
        if (peek() != ',' && peek() != ';') return bad();
    }
}

error_code address_reader::read_member(mailbox& one) {
    if (take_plain_mailbox(one)) return finish_mailbox();
    if (auto ec = read_words()) return ec;
    return read_mailbox(one);
}

// Nothing is taken of one that is not plain.
bool address_reader::take_plain_mailbox(mailbox& one) {
    auto const begin = at_;
    auto const text = text_.substr(at_);
    auto const name = measure_plain_name(text);
    if (name.octets == 0 && !text.starts_with('<')) return take_plain_bare_address(one.address);
    at_ += name.octets + 1;
    if (take_plain_addr_spec(one.address)) {
        one.name = name.content;
        return true;
    }
    at_ = begin;
    return false;
}

// A comment behind it would be a name: only what ends a mailbox may stand there.
bool address_reader::take_plain_bare_address(std::string& address) {
    auto const text = text_.substr(at_);
    auto const octets = measure_plain_addr_spec(text);
    if (octets == 0 || (octets < text.size() && text[octets] != ',' && text[octets] != ';')) return false;
    address = text.substr(0, octets);
    at_ += octets;
    return true;
}

error_code address_reader::finish_mailbox() {
    if (++mailboxes_ > limits::addresses) return make_error_code(postrider::errc::limit_reached);
    return skip_cfws();
}

// Words have been read: what follows decides.
error_code address_reader::read_mailbox(mailbox& one) {
    if (peek() == '<') {
        one.name = std::move(phrase_);
        if (auto ec = read_angle_addr(one.address)) return ec;
        return finish_mailbox();
    }
    if (auto ec = read_addr_spec(one.address)) return ec;
    comment_ = {};
    if (auto ec = finish_mailbox()) return ec;
    one.name = comment_;  // `a@b (Joe)`, the form before RFC 822
    return {};
}

// angle-addr = "<" [obs-route] addr-spec ">"
error_code address_reader::read_angle_addr(std::string& address) {
    ++at_;
    if (take_plain_addr_spec(address)) return {};
    if (auto ec = skip_cfws()) return ec;
    if (peek() == '@') {
        if (auto ec = skip_route()) return ec;
    }
    if (auto ec = read_words()) return ec;
    if (auto ec = read_addr_spec(address)) return ec;
    if (auto ec = skip_cfws()) return ec;
    return take('>') ? error_code{} : bad();
}

// With the ">" behind it.
bool address_reader::take_plain_addr_spec(std::string& address) {
    auto const text = text_.substr(at_);
    auto const octets = measure_plain_addr_spec(text);
    if (octets == 0 || octets == text.size() || text[octets] != '>') return false;
    address = text.substr(0, octets);
    at_ += octets + 1;
    return true;
}

// obs-route = 1*("@" domain [","]) ":", which is read and means nothing any more.
error_code address_reader::skip_route() {
    std::string hop;
    while (take('@')) {
        hop.clear();
        if (auto ec = read_domain(hop)) return ec;
        do {
            if (auto ec = skip_cfws()) return ec;
        } while (take(','));
    }
    return take(':') ? error_code{} : bad();
}

// The words just read are the local-part.
error_code address_reader::read_addr_spec(std::string& address) {
    if (local_.empty() || !local_is_dotted_ || after_dot_ || !take('@')) return bad();
    address.reserve(local_.size() + 1 + 32);
    address = local_;
    address += '@';
    return read_domain(address);
}

// domain = dot-atom / domain-literal / obs-domain
error_code address_reader::read_domain(std::string& address) {
    if (auto ec = skip_cfws()) return ec;
    if (peek() == '[') return read_domain_literal(address);
    for (;;) {
        auto begin = at_;
        take_atext();
        if (at_ == begin) return bad();
        address += text_.substr(begin, at_ - begin);
        auto behind_atom = at_;
        if (auto ec = skip_cfws()) return ec;
        if (!take('.')) {
            at_ = behind_atom;
            return {};
        }
        address += '.';
        if (auto ec = skip_cfws()) return ec;
    }
}

error_code address_reader::read_domain_literal(std::string& address) {
    auto end = text_.find_first_of("[]\\", at_ + 1);
    if (end == text_.npos || text_[end] != ']' || end == at_ + 1) return bad();
    address += text_.substr(at_, end + 1 - at_);
    at_ = end + 1;
    return {};
}

void address_reader::take_atext() noexcept {
    while (!at_end() && is_atext(text_[at_])) ++at_;
}

// Gathers atoms, quoted-strings and dots, both as a phrase and as a local-part.
error_code address_reader::read_words() {
    phrase_.clear();
    local_.clear();
    undecoded_ = 0;
    local_is_dotted_ = true;
    after_dot_ = true;  // a word must come first
    for (;;) {
        auto before = at_;
        if (auto ec = skip_cfws()) return ec;
        bool apart = at_ != before && !phrase_.empty();
        char c = peek();
        if (c != '.' && c != '"' && !(c != '\0' && is_atext(c))) break;
        if (apart) phrase_ += ' ';
        if (c == '.') {
            add_dot();
        } else if (auto ec = read_word()) {
            return ec;
        }
    }
    decode_phrase(false);
    return {};
}

void address_reader::add_dot() {
    if (after_dot_) local_is_dotted_ = false;
    after_dot_ = true;
    phrase_ += '.';
    local_ += '.';
    ++at_;
}

error_code address_reader::read_word() {
    if (!after_dot_) local_is_dotted_ = false;
    after_dot_ = false;
    if (peek() == '"') return read_quoted_string();
    auto begin = at_;
    if (from_ == source::mail && peek() == '=') at_ += codec::encoded_word_octets(text_.substr(at_));
    take_atext();
    auto word = text_.substr(begin, at_ - begin);
    if (!std::all_of(word.begin(), word.end(), is_atext)) local_is_dotted_ = false;  // no encoded-word is a local-part
    phrase_ += word;
    local_ += word;
    return {};
}

// The phrase gets the content, the local-part the string as it is written.
error_code address_reader::read_quoted_string() {
    decode_phrase(false);  // RFC 2047 §5 (3): encoded-words are none inside quotes
    undecoded_ = phrase_.size();
    auto begin = at_++;
    for (; !at_end() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\' && ++at_ == text_.size()) return bad();
        phrase_ += text_[at_];
    }
    if (!take('"')) return bad();
    local_ += text_.substr(begin, at_ - begin);
    if (from_ == source::mail) decode_phrase(true);  // though many mailers write them there
    undecoded_ = phrase_.size();
    return {};
}

// Words are decoded after the list was cut up, so that one that decodes to "," or "<" cuts nothing. One that decodes to
// a control character stays as it is when a caller wrote it.
void address_reader::decode_phrase(bool quoted) {
    if (phrase_.find("=?", undecoded_) == phrase_.npos) return;
    auto decoded = codec::decode_words(std::string_view(phrase_).substr(undecoded_));
    std::vector<defect_kind> defects;
    add_word_defects(decoded, defects);
    if (quoted && decoded.had_words) defects.push_back(defect_kind::invalid_header);
    for (auto kind : defects) add_defect(word_defects_, kind);
    if (!decoded.had_words) return;
    if (from_ == source::mail) decoded.text = escape_controls(std::move(decoded.text));
    if (!look_at(decoded.text).control) phrase_.replace(undecoded_, phrase_.npos, decoded.text);
}

}  // namespace postrider::mime
