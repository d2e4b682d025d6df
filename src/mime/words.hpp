#pragma once
#include <cstddef>
#include <string_view>

namespace postrider::mime {

/// Whether an unstructured field body may go out as it is, were it short enough: ASCII, or UTF-8 where that may stand,
/// no blank at either end, and nothing that a reader would take for an encoded-word.
bool is_plain_text(std::string_view body, bool utf8 = false) noexcept;

/// Cuts an unstructured field body into words and the blanks between them, from left to right, each octet looked at a
/// bounded number of times. Blanks that a fold would lose or that no line can hold are taken for part of a word that
/// has to be encoded.
class word_splitter {
public:
    /// `utf8`     whether a word beyond ASCII may stand as it is
    explicit word_splitter(std::string_view body, bool utf8 = false) noexcept;

    bool at_end() const noexcept { return rest_.empty(); }

    /// The blanks in front of the next word; empty at the beginning.
    std::string_view take_blanks() noexcept;

    bool next_is_plain() const noexcept { return plain_; }
    std::string_view take_word() noexcept;

    /// The next word and those behind it that have to be encoded as well, with the blanks between them: blanks between
    /// two encoded-words would be lost.
    std::string_view take_words_to_encode() noexcept;

private:
    void look_ahead() noexcept;

    bool utf8_;
    std::string_view rest_;   // from the blanks on
    std::size_t blanks_ = 0;  // in front of the word
    std::size_t word_ = 0;    // octets of the word behind them
    bool plain_ = true;       // that word
    bool beginning_ = true;
};

}  // namespace postrider::mime
