#pragma once
#include <optional>
#include <postrider/codec/encoded_word.hpp>
#include <string>
#include <string_view>

/// What a charset is to mail: how its text is written in header fields and bodies. email.charset's Charset, as a value:
/// what Python's add_charset, add_alias and add_codec change for everybody, change here in a copy of one's own.
namespace postrider::mime {

struct mail_charset {
    enum class body_encoding { none, quoted_printable, base64 };

    std::string input_charset = "us-ascii";   ///< by its registered name
    std::string output_charset = "us-ascii";  ///< what it is converted to in mail: iso-2022-jp for euc-jp and shift_jis
    /// In encoded-words; nothing where text stands as it is (us-ascii).
    std::optional<codec::word_encoding> header_encoding;
    body_encoding body = body_encoding::none;  ///< none: 7bit, or 8bit

    mail_charset() = default;
    /// What Python's table says of `charset`, which may be called by any name; of others, base64 in bodies and the
    /// shorter of B and Q in headers.
    /// Throws mime::error: unencodable for a charset that nobody knows.
    explicit mail_charset(std::string_view charset);

    /// "quoted-printable", "base64" or "7bit".
    std::string_view get_body_encoding() const noexcept;
    std::string const& get_output_charset() const noexcept { return output_charset; }

    /// UTF-8 `text` as encoded-words in one line, separated by blanks / as a body with CRLF line ends, in the output
    /// charset.
    /// Throws mime::error: unencodable.
    std::string header_encode(std::string_view text) const;
    std::string body_encode(std::string_view text) const;

    friend bool operator==(mail_charset const&, mail_charset const&) = default;
};

}  // namespace postrider::mime
