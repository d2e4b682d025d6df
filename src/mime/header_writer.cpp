#include "header_writer.hpp"

#include <algorithm>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/codec/parameter.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/error.hpp>

#include "characters.hpp"
#include "field_kind.hpp"
#include "phrase.hpp"
#include "words.hpp"

namespace postrider::mime {
namespace {

constexpr std::size_t line_octets = 78;

// RFC 2047 §2 allows a line with an encoded-word less; the smallest in UTF-8 has a frame of 12 octets and a character.
constexpr std::size_t line_octets_with_words = 76;
constexpr std::size_t smallest_word = 24;

/// What a name takes on a line, near enough to decide whether the line has room for it.
std::size_t phrase_octets(std::string_view name, phrase_form form) noexcept {
    return form == phrase_form::encoded_words ? codec::base64_size(name.size()) + 12 : name.size() + 2;
}

}  // namespace

void header_writer::put(field const& one) {
    if (auto const* entries = std::get_if<std::vector<address_entry>>(&one.body)) return addresses(one.name, *entries);
    if (auto const* text_body = std::get_if<std::string>(&one.body)) {
        if (kind_of(one.name).form == field_form::text) return text(one.name, *text_body);
        return tokens(one.name, *text_body);
    }
    open(one.name, std::get<parameterized>(one.body));
    end();
}

void header_writer::begin(std::string_view name) {
    out_ += name;
    out_ += ": ";
    column_ = name.size() + 2;
}

void header_writer::end() {
    out_ += "\r\n";
}

// The blanks between two words become the blanks that begin the next line: unfolding gives them back as they were.
void header_writer::fold(std::string_view blanks) {
    out_ += "\r\n";
    out_ += blanks;
    column_ = blanks.size();
}

void header_writer::text(std::string_view name, std::string_view body) {
    begin(name);
    if (column_ + body.size() <= line_octets && is_plain_text(body)) {
        out_ += body;
        return end();
    }
    bool first = true;
    for (word_splitter words(body); !words.at_end(); first = false) {
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
    for (word_splitter words(body); !words.at_end(); first = false) {
        auto blanks = words.take_blanks();
        put_word(blanks, words.take_word(), first);
    }
    end();
}

// Nothing is gained by a fold right behind the field name, and readers stumble over the empty line.
void header_writer::put_word(std::string_view blanks, std::string_view word, bool first) {
    if (!first && column_ + blanks.size() + word.size() > line_octets) {
        fold(blanks);
    } else {
        out_ += blanks;
        column_ += blanks.size();
    }
    out_ += word;
    column_ += word.size();
}

void header_writer::put_encoded(std::string_view blanks, std::string_view words, bool first) {
    if (!first && column_ + blanks.size() + smallest_word > line_octets_with_words) {
        fold(blanks);
    } else {
        out_ += blanks;
        column_ += blanks.size();
    }
    if (auto ec = codec::append_words(out_, column_, words, codec::word_place::text))
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
}

void header_writer::separate() {
    if (!std::exchange(list_begins_, false)) out_ += ',';
}

// Behind a comma, or right behind the field name, where the blank stands already.
void header_writer::next_in_list(std::size_t octets) {
    if (out_.back() == ' ') return;
    if (column_ + 2 + octets > line_octets) {
        fold(" ");
    } else {
        out_ += ' ';
        column_ += 2;
    }
}

void header_writer::address(std::string_view name, std::string_view addr_spec) {
    separate();
    if (name.empty()) {
        next_in_list(addr_spec.size());
        return put_address(addr_spec, false);
    }
    auto form = form_of(name);
    next_in_list(phrase_octets(name, form) + addr_spec.size() + 3);
    append_phrase(out_, column_, name, form);
    if (column_ + addr_spec.size() + 3 > line_octets) {
        fold(" ");
    } else {
        out_ += ' ';
        ++column_;
    }
    put_address(addr_spec, true);
}

void header_writer::open_group(std::string_view name) {
    separate();
    auto form = form_of(name);
    next_in_list(phrase_octets(name, form));
    append_phrase(out_, column_, name, form);
    out_ += ':';
    ++column_;
    list_begins_ = true;
}

void header_writer::close_group() {
    out_ += ';';
    ++column_;
    list_begins_ = false;
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
    } else if (codec::append_parameter(out_, column_, one.name, *one.value, one.charset, one.language)) {
        throw error(errc::unencodable, "the parameter " + one.name + " cannot be written in " + one.charset);
    }
}

void header_writer::quoted_parameter(std::string_view name, std::string_view value) {
    bool fits = column_ + name.size() + value.size() + 5 <= line_octets;
    out_ += fits ? "; " : ";\r\n ";
    column_ = (fits ? column_ + 2 : 1) + name.size() + value.size() + 3;
    out_ += name;
    out_ += '=';
    append_quoted_string(out_, value);
}

}  // namespace postrider::mime
