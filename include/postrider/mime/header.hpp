#pragma once
#include <cstddef>
#include <optional>
#include <postrider/codec/encoded_word.hpp>
#include <string>
#include <string_view>
#include <vector>

/// The body of an unstructured header field, put together piece by piece: email.header.                      RFC 2047
namespace postrider::mime {

struct header_options {
    std::size_t maxlinelen = 78;        ///< 0: one line, however long
    std::string header_name = {};       ///< takes its room on the first line
    std::string continuation_ws = " ";  ///< what a line begins with that encoded-words were folded to
};

struct header_encode_options {
    std::string_view splitchars = ";, \t";  ///< behind (or at) which a line of ASCII is rather folded, best first
    std::optional<std::size_t> maxlinelen;  ///< another than the header's own
    std::string_view linesep = "\n";
};

/// Pieces of text, each in the charset it is to be written in.
class header {
public:
    header() = default;
    /// Without a charset, ASCII stands as it is and other text becomes UTF-8. Text is UTF-8 whatever the charset.
    /// Throws mime::error: control_character, unencodable.
    explicit header(std::string_view text, std::string_view charset = {}, header_options options = {});

    /// Adds a piece; without a charset, in the one the header was made with.
    /// errors     mime::error: control_character (CR and LF too: what is folded is not appended but written so),
    ///            unencodable where the charset lacks a character, or nobody knows it.
    header& append(std::string_view text, std::string_view charset = {});

    /// The field body as it goes into a message, folded at blanks alone. Encoded-words of 75 octets at most, in the
    /// charset's own encoding (mime/mail_charset.hpp) under its registered name. In linear time.
    std::string encode(header_encode_options const& options = {}) const;

    /// The text in UTF-8, with a blank between a piece of ASCII and one that is encoded, as a reader will see it.
    std::string to_string() const;

    friend bool operator==(header const& a, header const& b) { return a.to_string() == b.to_string(); }

private:
    struct chunk {
        std::string text;
        std::string charset;  ///< registered name
    };

    std::vector<chunk> chunks_;
    std::string charset_ = "us-ascii";
    header_options options_;
};

/// Takes a field body apart: text as it stands, and the octets of its encoded-words with their charset in lower case.
/// Total. Blanks at the seams of text and words belong to the text. Bad base64 is decoded as far as it goes, where Python
/// raises HeaderParseError.
using codec::charset_run;
std::vector<charset_run> decode_header(std::string_view field_body);

/// The way back, with each run's octets read in its charset; undecodable ones become U+FFFD, and a charset that nobody
/// knows is read as UTF-8.
header make_header(std::vector<charset_run> const& runs, header_options options = {});

}  // namespace postrider::mime
