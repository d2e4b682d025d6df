#pragma once
#include <cstddef>
#include <postrider/codec/error.hpp>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Encoded-words, RFC 2047.
///     encoded-word = "=?" charset "?" encoding "?" encoded-text "?="          75 octets at most
namespace postrider::codec {

/// Where the word will stand: a phrase (a display name) allows fewer characters unencoded in Q.   RFC 2047 §5
enum class word_place { text, phrase };

/// Writes UTF-8 `text` as one or more encoded-words, separated by CRLF SP so that no line exceeds 76 octets.
/// No character is split; each word is whole in its charset (a shift state returns to ASCII in each). The shorter of B
/// and Q is taken, for all words alike; of UTF-8 also a Q up to four characters longer, since people can read it.
/// `column`   octets already on the line; when the first word has no room behind them, the text begins with CRLF SP.
/// `charset`  of the words, by any name of it; UTF-8 by default.
/// errors     codec::errc::unknown_charset, ::unencodable; ::malformed when `text` is no UTF-8.
result<std::string> encode_words(std::string_view text, word_place place, std::size_t column,
                                 std::string_view charset = "utf-8");

/// The same, appended to `field`. `column` is where on its line the field ends so far, and is updated.
/// errors     those of encode_words; `field` and `column` are then what they were.
error_code append_words(std::string& field, std::size_t& column, std::string_view text, word_place place,
                        std::string_view charset = "utf-8");

/// The same with a choice of the encoding and of the length of a line.
enum class word_encoding { shorter, b, q };
struct word_options {
    std::string_view charset = "utf-8";
    word_encoding encoding = word_encoding::shorter;
    /// Of a line, without its line end. Where a word with a single character needs more, it takes it.
    std::size_t line_octets = 76;
};
error_code append_words(std::string& field, std::size_t& column, std::string_view text, word_place place,
                        word_options const& options);

/// The octets of the encoded-word that `text` begins with, or 0. It holds no blank; other specials that it should have
/// encoded it may hold, as many mailers write them.
std::size_t encoded_word_octets(std::string_view text) noexcept;

/// Decodes every encoded-word in an unfolded field body to UTF-8; blanks between adjacent words go, and a character
/// that a mailer cut in two between words of one charset is put together again. What is no well-formed word stays as it
/// is, raw octets with it. Total, in linear time. Tokenise a structured field first: a word may decode to "<" or ",".
struct decoded_words {
    std::string text;
    bool had_words = false;
    bool unknown_charset = false;  ///< such a word stays as it is
    bool undecodable = false;      ///< U+FFFD stands in for octets
    bool malformed = false;        ///< bad base64 or Q in a word; decoded as far as it goes
    bool had_controls = false;     ///< a word hid CR, LF, NUL or another control: they are in `text`
};
decoded_words decode_words(std::string_view field_body);

/// The same one step earlier: text as it stands, and the octets of adjacent encoded-words of one charset. What
/// email.header.decode_header returns.
struct charset_run {
    std::string octets;
    std::string charset;   ///< in lower case; empty for text that stands in no encoded-word
    std::string language;  ///< RFC 2231 §5: of `=?us-ascii*en?q?...?=`
    bool malformed = false;
    friend bool operator==(charset_run const&, charset_run const&) = default;
};
std::vector<charset_run> split_words(std::string_view field_body);

}  // namespace postrider::codec
