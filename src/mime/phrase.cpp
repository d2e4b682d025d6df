#include "phrase.hpp"

#include <postrider/codec/encoded_word.hpp>
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

phrase_form form_of(std::string_view name) noexcept {
    if (name.empty()) return phrase_form::atoms;
    bool plain = true, ascii = true;
    for (char c : name) {
        plain &= has_class(c, phrase_class);
        ascii &= static_cast<unsigned char>(c) < 128;
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

std::size_t column_after(std::string_view text, std::size_t column) noexcept {
    auto line_end = text.rfind('\n');
    return line_end == text.npos ? column + text.size() : text.size() - line_end - 1;
}

void append_phrase(std::string& out, std::size_t& column, std::string_view name, phrase_form form,
                   std::string_view charset) {
    auto begin = out.size();
    if (form == phrase_form::atoms) {
        out += name;
    } else if (form == phrase_form::quoted_string) {
        append_quoted_string(out, name);
    } else {
        auto words = codec::encode_words(name, codec::word_place::phrase, column, charset);
        if (!words)
            throw error(errc::unencodable, "the name \"" + std::string(name) + "\": " + words.error().message());
        out += *words;
    }
    column = column_after(std::string_view(out).substr(begin), column);
}

}  // namespace postrider::mime
