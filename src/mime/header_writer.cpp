#include "header_writer.hpp"

#include <algorithm>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/codec/idna.hpp>
#include <postrider/codec/parameter.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/error.hpp>

#include "characters.hpp"
#include "field_kind.hpp"
#include "phrase.hpp"
#include "words.hpp"

namespace postrider::mime {
namespace {

// RFC 2047 §2 allows a line with an encoded-word less; the smallest in UTF-8 has a frame of 12 octets and a character.
constexpr std::size_t line_octets_with_words = 76;
constexpr std::size_t smallest_word = 24;

// A name and a few words fit even on the shortest line that one may ask for.
constexpr std::size_t shortest_line = 32;

/// What a name takes on a line, near enough to decide whether the line has room for it.
std::size_t phrase_octets(std::string_view name, phrase_form form) noexcept {
    return form == phrase_form::encoded_words ? codec::base64_size(name.size()) + 12 : name.size() + 2;
}

}  // namespace

void header_writer::keep_to(std::size_t octets, bool utf8) noexcept {
    folds_ = octets > 0;
    line_octets_ = folds_ ? std::clamp(octets, shortest_line, limits::line_octets) : std::string::npos / 2;
    keeps_utf8_ = utf8;
}

void header_writer::put(field const& one) {
    if (auto const* entries = std::get_if<std::vector<address_entry>>(&one.body)) return addresses(one.name, *entries);
    if (auto const* text_body = std::get_if<std::string>(&one.body)) {
        // What was parsed may stand where only ASCII should.
        bool const is_text = kind_of(one.name).form == field_form::text || !codec::is_ascii(*text_body);
        if (is_text) return text(one.name, *text_body);
        return tokens(one.name, *text_body);
    }
    open(one.name, std::get<parameterized>(one.body));
    end();
}

void header_writer::begin(std::string_view name) {
    field_begin_ = out_.size();
    out_ += name;
    out_ += ": ";
    column_ = name.size() + 2;
}

void header_writer::end() {
    if (!folds_) unfold();
    out_ += "\r\n";
}

// Encoded-words and sections of parameters are folded whatever is asked for.
void header_writer::unfold() {
    auto written = field_begin_;
    for (auto at = written; at < out_.size(); ++at)
        if (out_[at] != '\r' && out_[at] != '\n') out_[written++] = out_[at];
    out_.resize(written);
}

// The blanks between two words become the blanks that begin the next line: unfolding gives them back as they were.
void header_writer::fold(std::string_view blanks) {
    out_ += "\r\n";
    out_ += blanks;
    column_ = blanks.size();
}

void header_writer::text(std::string_view name, std::string_view body) {
    begin(name);
    if (column_ + body.size() <= line_octets_ && is_plain_text(body, keeps_utf8_)) {
        out_ += body;
        return end();
    }
    bool first = true;
    for (word_splitter words(body, keeps_utf8_); !words.at_end(); first = false) {
        auto blanks = words.take_blanks();
        if (words.next_is_plain())
            put_word(blanks, words.take_word(), first);
        else
            put_encoded(blanks, words.take_words_to_encode(), first);
    }
    end();
}

void header_writer::tokens(std::string_view name, std::string_view body) {
    begin(name);
    bool first = true;
    for (word_splitter words(body, keeps_utf8_); !words.at_end(); first = false) {
        auto blanks = words.take_blanks();
        put_word(blanks, words.take_word(), first);
    }
    end();
}

// Nothing is gained by a fold right behind the field name, and readers stumble over the empty line.
void header_writer::put_word(std::string_view blanks, std::string_view word, bool first) {
    if (!first && column_ + blanks.size() + word.size() > line_octets_) {
        fold(blanks);
    } else {
        out_ += blanks;
        column_ += blanks.size();
    }
    out_ += word;
    column_ += word.size();
}

void header_writer::put_encoded(std::string_view blanks, std::string_view words, bool first) {
    if (!first && column_ + blanks.size() + smallest_word > std::min(line_octets_, line_octets_with_words)) {
        fold(blanks);
    } else {
        out_ += blanks;
        column_ += blanks.size();
    }
    codec::word_options const how{.line_octets = std::min(line_octets_, line_octets_with_words)};
    if (auto ec = codec::append_words(out_, column_, words, codec::word_place::text, how))
        throw error(errc::unencodable, ec.message());
}

void header_writer::addresses(std::string_view name, std::vector<address_entry> const& entries) {
    open_list(name);
    for (auto const& entry : entries) {
        if (entry.is_group) open_group(entry.name);
        for (auto const& one : entry.mailboxes) address(one.name, one.address);
        if (entry.is_group) close_group();
    }
    end();
}

void header_writer::open_list(std::string_view name) {
    begin(name);
    list_begins_ = true;
    takes_groups_ = !ascii::equal_without_case(name, "From") && !ascii::equal_without_case(name, "Sender");
}

void header_writer::separate() {
    if (!std::exchange(list_begins_, false)) out_ += ',';
}

// Behind a comma, or right behind the field name, where the blank stands already.
void header_writer::next_in_list(std::size_t octets) {
    if (out_.back() == ' ') return;
    if (column_ + 2 + octets > line_octets_) {
        fold(" ");
    } else {
        out_ += ' ';
        column_ += 2;
    }
}

void header_writer::address(std::string_view name, std::string_view addr_spec) {
    if (!ascii_addresses_ || codec::is_ascii(addr_spec)) return mailbox(name, addr_spec);
    if (auto const ascii = codec::address_to_ascii(addr_spec)) return mailbox(name, *ascii);
    tell_of_address(name, addr_spec);
}

// No group stands in a group: there it is left out.
void header_writer::tell_of_address(std::string_view name, std::string_view addr_spec) {
    if (in_group_) return;
    if (!takes_groups_) return mailbox(name, addr_spec);
    auto told = std::string(name) + (name.empty() ? "" : " ");
    open_group(told + "Internationalized Address " + std::string(addr_spec) + " Removed");
    close_group();
}

void header_writer::mailbox(std::string_view name, std::string_view addr_spec) {
    separate();
    if (name.empty()) {
        next_in_list(addr_spec.size());
        return put_address(addr_spec, false);
    }
    auto form = form_of_name(name);
    next_in_list(phrase_octets(name, form) + addr_spec.size() + 3);
    phrase(name, form);
    if (column_ + addr_spec.size() + 3 > line_octets_) {
        fold(" ");
    } else {
        out_ += ' ';
        ++column_;
    }
    put_address(addr_spec, true);
}

phrase_form header_writer::form_of_name(std::string_view name) const noexcept {
    return form_of(name, keeps_utf8_);
}

void header_writer::phrase(std::string_view name, phrase_form form) {
    codec::word_options const how{.line_octets = std::min(line_octets_, line_octets_with_words)};
    append_phrase(out_, column_, name, form, how);
}

void header_writer::open_group(std::string_view name) {
    separate();
    auto form = form_of_name(name);
    next_in_list(phrase_octets(name, form));
    phrase(name, form);
    out_ += ':';
    ++column_;
    list_begins_ = in_group_ = true;
}

void header_writer::close_group() {
    out_ += ';';
    ++column_;
    list_begins_ = in_group_ = false;
}

void header_writer::put_address(std::string_view address, bool in_angles) {
    if (in_angles) out_ += '<';
    out_ += address;
    if (in_angles) out_ += '>';
    column_ += address.size() + (in_angles ? 2 : 0);
    if (!codec::is_ascii(address)) wrote_utf8_ = true;
}

void header_writer::open(std::string_view name, parameterized const& body, std::string_view without) {
    begin(name);
    out_ += body.value;
    column_ += body.value.size();
    for (auto const& one : body.parameters)
        if (!ascii::equal_without_case(one.name, without)) parameter(one);
}

void header_writer::parameter(mime::parameter const& one) {
    if (!one.value) {
        out_ += "; " + one.name;
        column_ += one.name.size() + 2;
    } else if (keeps_utf8_ && !codec::is_ascii(*one.value) && one.language.empty()) {
        quoted_parameter(one.name, *one.value);
    } else if (codec::append_parameter(out_, column_, one.name, *one.value, one.charset, one.language)) {
        throw error(errc::unencodable, "the parameter " + one.name + " cannot be written in " + one.charset);
    }
}

void header_writer::quoted_parameter(std::string_view name, std::string_view value) {
    bool fits = column_ + name.size() + value.size() + 5 <= line_octets_;
    out_ += fits ? "; " : ";\r\n ";
    column_ = (fits ? column_ + 2 : 1) + name.size() + value.size() + 3;
    out_ += name;
    out_ += '=';
    append_quoted_string(out_, value);
}

}  // namespace postrider::mime
