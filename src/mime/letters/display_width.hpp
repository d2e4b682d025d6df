#pragma once
#include <cstddef>

/// How characters stand in lines of a fixed pitch.                                      Unicode UAX 11, UAX 14
namespace postrider::mime {

/// Columns: 0 for marks that join the character before them, 2 for East Asian wide characters and emoji, else 1.
std::size_t display_width(char32_t number) noexcept;

/// Whether a line may end between two neighbours that are no blanks: beside an ideograph or kana, but not in front of
/// closing and not behind opening punctuation.
bool may_break_between(char32_t before, char32_t after) noexcept;

}  // namespace postrider::mime
