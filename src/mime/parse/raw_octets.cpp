#include "raw_octets.hpp"

#include <postrider/codec/charset.hpp>
#include <utility>

namespace postrider::mime {
namespace {

/// In UTF-16 and the like even the letters of a field would become something else.
bool extends_ascii(std::string_view charset) {
    constexpr std::string_view ascii = "=?aZ09?=";
    auto const decoded = codec::decode_charset(ascii, charset);
    return decoded && decoded->text == ascii;
}

}  // namespace

guessed_text read_raw_octets(std::string octets, std::string_view charset) {
    if (codec::is_utf8(octets)) return {.text = std::move(octets)};
    if (!charset.empty() && extends_ascii(charset)) {
        auto declared = codec::decode_charset(octets, charset);
        if (declared->undecodable == 0) return {.text = std::move(declared->text), .guessed = true};
    }
    auto western = codec::decode_charset(octets, "windows-1252");
    if (!western) return {.text = {}, .guessed = true, .undecodable = true};
    return {.text = std::move(western->text), .guessed = true, .undecodable = western->undecodable != 0};
}

}  // namespace postrider::mime
