#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/encoded_word.hpp>
#include <string>

#include "fuzzing.hpp"

using namespace postrider::codec;

namespace {

/// Words that were folded, as a parser would hand them to the decoder.
std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at)) text.erase(at, 2);
    return text;
}

void check_line_lengths(std::string_view words, std::size_t column) {
    for (;;) {
        auto const end = words.find("\r\n");
        ALWAYS(column + std::min(end, words.size()) <= std::max<std::size_t>(column, 76));
        if (end == std::string_view::npos) return;
        words.remove_prefix(end + 2);
        column = 0;
    }
}

void encoded_reads_back(std::string_view text, std::size_t column, std::string_view charset) {
    for (auto place : {word_place::text, word_place::phrase}) {
        auto const words = encode_words(text, place, column, charset);
        if (!words) return;
        check_line_lengths(*words, column);
        auto const back = decode_words(unfolded(*words));
        ALWAYS(!back.malformed && !back.unknown_charset && back.had_words == !text.empty());
        // glibc writes a few characters that it reads back as others; UTF-8 is beyond doubt.
        auto const folded_first = words->starts_with("\r\n") ? " " : "";
        if (charset == "utf-8") ALWAYS(back.text == folded_first + std::string(text));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto octets = octets_of(data, size);
    auto const decoded = decode_words(octets);
    ALWAYS(decoded.text.size() <= 4 * octets.size() + 4);
    if (octets.empty()) return 0;
    constexpr std::string_view charsets[] = {"utf-8", "iso-2022-jp", "gb2312", "iso-8859-1", "utf-7", "hz-gb-2312"};
    auto const choice = static_cast<unsigned char>(octets.front());
    octets.remove_prefix(1);
    encoded_reads_back(octets, choice % 80, charsets[choice % std::size(charsets)]);
    return 0;
}
