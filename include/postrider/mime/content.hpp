#pragma once
#include <memory>
#include <postrider/core/octets.hpp>
#include <string>
#include <variant>

/// What a leaf of a message holds, before any transfer encoding.
namespace postrider::mime {

/// Octets that copies of a message share.
using shared_octets = std::shared_ptr<std::string const>;

/// Text, already in its charset. Its lines may end with CRLF, LF or CR; rendering makes each CRLF.
struct text_content {
    std::string octets;
    std::string charset;  ///< as it will be declared
    friend bool operator==(text_content const&, text_content const&) = default;
};

/// Octets that arrive as they are: in memory, or read from a source while the message is on its way.
using data_content = std::variant<shared_octets, octet_source_ptr>;

/// UTF-8 `text` as it will travel. Without a charset: us-ascii where that is enough, else utf-8.
/// Throws mime::error: unencodable when the charset is unknown, lacks a character, or `text` is no UTF-8.
text_content make_text(std::string text, std::string_view charset = {});

}  // namespace postrider::mime
