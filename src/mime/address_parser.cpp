#include <postrider/codec/charset.hpp>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/address.hpp>

#include "characters.hpp"

namespace postrider::mime {
namespace {

/// Reads a list from left to right, each octet once. Words are gathered first; the character behind them tells whether
/// they were a display name ("<"), the name of a group (":") or a local-part ("@").
class address_reader {
public:
    explicit address_reader(std::string_view text) noexcept : text_(text) {}

    result<std::vector<address_entry>> read_list() {
        std::vector<address_entry> entries;
        for (;;) {
            if (auto ec = skip_to_member()) return ec;
            if (at_end()) return entries;
            if (auto ec = read_entry(entries.emplace_back())) return ec;
            if (!at_end() && peek() != ',') return bad();
        }
    }

private:
    static error_code bad() { return make_error_code(errc::bad_address); }
    bool at_end() const noexcept { return at_ == text_.size(); }
    char peek() const noexcept { return at_end() ? '\0' : text_[at_]; }
    bool take(char c) noexcept {
        if (peek() != c) return false;
        ++at_;
        return true;
    }

    // [CFWS] and the commas of empty members, obs-mbox-list.
    error_code skip_to_member() {
        do {
            if (auto ec = skip_cfws()) return ec;
        } while (take(','));
        return {};
    }

    error_code skip_cfws() {
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
    error_code skip_comment() {
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

    error_code read_entry(address_entry& entry) {
        if (auto ec = read_words()) return ec;
        if (peek() != ':') return read_mailbox(entry.mailboxes.emplace_back());
        if (phrase_.empty()) return bad();
        ++at_;
        entry.is_group = true;
        entry.name = take_phrase();
        return read_members(entry.mailboxes);
    }

    // A group holds no group: a ":" inside is an error, so nesting cannot grow.
    error_code read_members(std::vector<mailbox>& members) {
        for (;;) {
            if (auto ec = skip_to_member()) return ec;
            if (take(';')) return skip_cfws();
            if (at_end()) return bad();
            if (auto ec = read_words()) return ec;
            if (auto ec = read_mailbox(members.emplace_back())) return ec;
            if (peek() != ',' && peek() != ';') return bad();
        }
    }

    // Words have been read: what follows decides.
    error_code read_mailbox(mailbox& one) {
        if (++mailboxes_ > limits::addresses) return make_error_code(postrider::errc::limit_reached);
        if (peek() == '<') {
            one.name = take_phrase();
            if (auto ec = read_angle_addr(one.address)) return ec;
            return skip_cfws();
        }
        if (auto ec = read_addr_spec(one.address)) return ec;
        comment_ = {};
        if (auto ec = skip_cfws()) return ec;
        one.name = comment_;  // `a@b (Joe)`, the form before RFC 822
        return {};
    }

    // angle-addr = "<" [obs-route] addr-spec ">"
    error_code read_angle_addr(std::string& address) {
        ++at_;
        if (auto ec = skip_cfws()) return ec;
        if (peek() == '@') {
            if (auto ec = skip_route()) return ec;
        }
        if (auto ec = read_words()) return ec;
        if (auto ec = read_addr_spec(address)) return ec;
        if (auto ec = skip_cfws()) return ec;
        return take('>') ? error_code{} : bad();
    }

    // obs-route = 1*("@" domain [","]) ":", which is read and means nothing any more.
    error_code skip_route() {
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
    error_code read_addr_spec(std::string& address) {
        if (local_.empty() || !local_is_dotted_ || after_dot_ || !take('@')) return bad();
        address.reserve(local_.size() + 1 + 32);
        address = local_;
        address += '@';
        return read_domain(address);
    }

    // domain = dot-atom / domain-literal / obs-domain
    error_code read_domain(std::string& address) {
        if (auto ec = skip_cfws()) return ec;
        if (peek() == '[') return read_domain_literal(address);
        for (;;) {
            if (!read_atom(address)) return bad();
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

    error_code read_domain_literal(std::string& address) {
        auto end = text_.find_first_of("[]\\", at_ + 1);
        if (end == text_.npos || text_[end] != ']' || end == at_ + 1) return bad();
        address += text_.substr(at_, end + 1 - at_);
        at_ = end + 1;
        return {};
    }

    bool read_atom(std::string& into) {
        auto begin = at_;
        while (!at_end() && is_atext(text_[at_])) ++at_;
        into += text_.substr(begin, at_ - begin);
        return at_ != begin;
    }

    // Gathers atoms, quoted-strings and dots, both as a phrase and as a local-part.
    error_code read_words() {
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
        decode_phrase();
        return {};
    }

    void add_dot() {
        if (after_dot_) local_is_dotted_ = false;
        after_dot_ = true;
        phrase_ += '.';
        local_ += '.';
        ++at_;
    }

    error_code read_word() {
        if (!after_dot_) local_is_dotted_ = false;
        after_dot_ = false;
        if (peek() == '"') return read_quoted_string();
        auto begin = at_;
        while (!at_end() && is_atext(text_[at_])) ++at_;
        auto word = text_.substr(begin, at_ - begin);
        phrase_ += word;
        local_ += word;
        return {};
    }

    // The phrase gets the content, the local-part the string as it is written.
    error_code read_quoted_string() {
        decode_phrase();  // encoded-words are none inside quotes: RFC 2047 §5 (3)
        auto begin = at_++;
        for (; !at_end() && text_[at_] != '"'; ++at_) {
            if (text_[at_] == '\\' && ++at_ == text_.size()) return bad();
            phrase_ += text_[at_];
        }
        if (!take('"')) return bad();
        local_ += text_.substr(begin, at_ - begin);
        undecoded_ = phrase_.size();
        return {};
    }

    // Words are decoded after the list was cut up, so that one that decodes to "," or "<" cuts nothing. One that
    // decodes to a control character stays as it is.
    void decode_phrase() {
        if (phrase_.find("=?", undecoded_) == phrase_.npos) return;
        auto decoded = codec::decode_words(std::string_view(phrase_).substr(undecoded_));
        if (decoded.had_words && !look_at(decoded.text).control)
            phrase_.replace(undecoded_, phrase_.npos, decoded.text);
    }

    std::string take_phrase() { return std::move(phrase_); }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t mailboxes_ = 0;
    std::string_view comment_;     // the last one skipped
    std::string phrase_;           // the words as a display name
    std::size_t undecoded_ = 0;    // where in the phrase encoded-words may still stand
    std::string local_;            // the words as a local-part
    bool local_is_dotted_ = true;  // word *("." word)
    bool after_dot_ = true;
};

}  // namespace

result<std::vector<address_entry>> parse_address_list(std::string_view text) {
    auto octets = look_at(text);
    if (octets.control) return make_error_code(errc::control_character);
    if (octets.beyond_ascii && !codec::is_utf8(text)) return make_error_code(errc::bad_address);
    return address_reader(text).read_list();
}

result<mailbox> parse_mailbox(std::string_view text) {
    auto list = parse_address_list(text);
    if (!list) return list.error();
    if (list->size() != 1 || list->front().is_group) return make_error_code(errc::bad_address);
    return std::move(list->front().mailboxes.front());
}

// What is left of an addr-spec with something around it is not what was given.
result<std::string> parse_addr_spec(std::string_view text) {
    auto one = parse_mailbox(text);
    if (!one) return one.error();
    if (one->address != text) return make_error_code(errc::bad_address);
    return std::move(one->address);
}

}  // namespace postrider::mime
