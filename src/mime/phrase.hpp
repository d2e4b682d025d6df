#pragma once
#include <cstddef>
#include <postrider/codec/encoded_word.hpp>
#include <string>
#include <string_view>

namespace postrider::mime {

/// How a display name has to be written.                                       RFC 5322 §3.2.5, RFC 2047 §5
enum class phrase_form {
    atoms,          ///< as it is
    quoted_string,  ///< specials or runs of blanks in it
    encoded_words,  ///< beyond ASCII, too long for a line, or what a reader would take for an encoded-word
};
/// `utf8`     whether UTF-8 may stand as it is                                                    RFC 6532 §3.2
phrase_form form_of(std::string_view name, bool utf8 = false) noexcept;

/// Appends a name in that form, encoded-words folded. `column` is where on its line it begins, and ends.
/// Throws mime::error: unencodable.
void append_phrase(std::string& out, std::size_t& column, std::string_view name, phrase_form form,
                   codec::word_options const& how = {});

/// `text` between quotes, with backslashes where they are needed.
void append_quoted_string(std::string& out, std::string_view text);

}  // namespace postrider::mime
