#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace postrider::codec::detail {

/// The parts of one encoded-word.                                                              RFC 2047 §2, RFC 2231 §5
///     encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="
struct encoded_word {
    std::string_view charset;
    std::string_view language;
    char encoding;  ///< 'b' or 'q'
    std::string_view text;
};

/// A stretch of a field body: text as it stands, or adjacent encoded-words of one charset.
struct word_run {
    std::string_view blanks;   ///< before it, when a run of words is in front of them as well: they mean nothing
    std::string_view written;  ///< as it stands in the field body
    bool encoded = false;
    std::string_view charset, language;  ///< of the first word
    bool malformed = false;              ///< bad base64 or Q; decoded as far as it goes
};

/// Cuts a field body into runs, front to back, in linear time. Mailers cut characters, and even groups of base64, in two
/// between adjacent words: their octets meet here before a charset is asked.
class word_run_reader {
public:
    explicit word_run_reader(std::string_view body) noexcept : body_(body) {}

    /// Nothing at the end.
    std::optional<word_run> next();

    /// The octets of the encoded run that next() gave last.
    std::string_view octets() const noexcept { return octets_; }

private:
    std::optional<encoded_word> read_word(std::size_t& at) noexcept;
    std::size_t find_word() noexcept;
    std::size_t find_end(std::size_t from) noexcept;
    void join_words(word_run& run);
    void add(encoded_word const& word, word_run& run);
    void add_b(std::string_view text, word_run& run);
    void add_q(std::string_view text, word_run& run);
    void keep_split_group(std::string_view text);

    std::string_view body_;
    std::size_t at_ = 0;                 // what stands before was handed out
    std::size_t next_end_ = 0;           // where the "?=" is that was found last
    bool after_words_ = false;           // the last run was encoded
    std::optional<encoded_word> found_;  // the word that find_word found ...
    std::size_t found_end_ = 0;          // ... and where it ends
    std::string octets_;
    std::string split_group_;  // characters of base64 that wait for the rest of their group in the next word
};

}  // namespace postrider::codec::detail
