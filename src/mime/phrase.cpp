#include "phrase.hpp"

#include <postrider/mime/error.hpp>

#include "characters.hpp"

namespace postrider::mime {
namespace {

// A quoted-string cannot be folded where it has no blank, and folds badly where it has.
constexpr std::size_t longest_quoted_name = 70;

bool has_stray_blank(std::string_view name) noexcept {
    return name.front() == ' ' || name.back() == ' ' || name.find("  ") != name.npos;
}

}  // namespace

phrase_form form_of(std::string_view name, bool utf8) noexcept {
    if (name.empty()) return phrase_form::atoms;
    bool plain = true, ascii = true;  // or as good as ASCII
    for (char c : name) {
        plain &= has_class(c, phrase_class);
        ascii &= utf8 || static_cast<unsigned char>(c) < 128;
    }
    if (!ascii || name.size() > longest_quoted_name || name.find("=?") != name.npos) return phrase_form::encoded_words;
    return plain && !has_stray_blank(name) ? phrase_form::atoms : phrase_form::quoted_string;
}

void append_quoted_string(std::string& out, std::string_view text) {
    out += '"';
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

void append_phrase(std::string& out, std::size_t& column, std::string_view name, phrase_form form,
                   codec::word_options const& how) {
    if (form == phrase_form::encoded_words) {
        if (auto ec = codec::append_words(out, column, name, codec::word_place::phrase, how))
            throw error(errc::unencodable, "the name \"" + std::string(name) + "\": " + ec.message());
        return;
    }
    auto begin = out.size();
    if (form == phrase_form::atoms)
        out += name;
    else
        append_quoted_string(out, name);
    column += out.size() - begin;
}

}  // namespace postrider::mime
