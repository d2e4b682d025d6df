#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace postrider::lint {

/// Without the blanks, tabs and line ends around it.
std::string_view trimmed(std::string_view text) noexcept;

/// Blanks, tabs and line ends in a row as one blank, none in front and none behind. No-break spaces count as blanks.
std::string collapsed(std::string_view text);

/// How many characters; `text` in UTF-8.
std::size_t characters(std::string_view text) noexcept;

/// The words of a text in lower case (ASCII alone), in order: letters and digits in a row. Each ideograph, kana and
/// Hangul syllable is a word, since nothing stands between them.
std::vector<std::string> words_of(std::string_view text);

}  // namespace postrider::lint
