#pragma once
#include <string>
#include <string_view>

namespace postrider::mime {

/// A field body's octets as UTF-8. Those that are none stand raw where an encoded-word should: they are read as
/// `charset` if that makes sense of every one of them, else as windows-1252, as most that are neither are.
struct guessed_text {
    std::string text;
    bool guessed = false;
    bool undecodable = false;  ///< U+FFFD stands in for octets
};
guessed_text read_raw_octets(std::string octets, std::string_view charset);

}  // namespace postrider::mime
