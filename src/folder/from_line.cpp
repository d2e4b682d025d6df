#include "from_line.hpp"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace postrider::folder {
namespace {

constexpr std::string_view feed_and_word = "\nFrom ";

#ifdef __SSE2__
/// Which of the sixteen positions from `at` on hold an LF, with "F" behind it and "m" three further: what is left is
/// compared one by one. Reads 20 octets.
unsigned likely_places(char const* at) noexcept {
    auto const equal = [](char const* where, char wanted) {
        return _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<__m128i const*>(where)), _mm_set1_epi8(wanted));
    };
    __m128i const both = _mm_and_si128(equal(at, '\n'), equal(at + 1, 'F'));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(both, equal(at + 4, 'm'))));
}

/// The same as octets.find("\nFrom ", at), which takes five times as long.
std::size_t find_feed_and_word(std::string_view octets, std::size_t at) noexcept {
    for (; at + 20 <= octets.size(); at += 16)
        for (unsigned places = likely_places(octets.data() + at); places != 0; places &= places - 1) {
            std::size_t const place = at + static_cast<std::size_t>(std::countr_zero(places));
            if (octets.substr(place).starts_with(feed_and_word)) return place;
        }
    return octets.find(feed_and_word, at);
}
#else
std::size_t find_feed_and_word(std::string_view octets, std::size_t at) noexcept {
    return octets.find(feed_and_word, at);
}
#endif

}  // namespace

std::size_t find_from_word(std::string_view octets, std::size_t at) noexcept {
    if (at == 0 && octets.starts_with(from_word)) return 0;
    std::size_t const feed = find_feed_and_word(octets, at == 0 ? 0 : at - 1);
    return feed == octets.npos ? feed : feed + 1;
}

line_of_mbox line_of_mbox_at(std::string_view octets, std::size_t begin) noexcept {
    auto const feed = octets.find('\n', begin);
    if (feed == octets.npos) return {octets.substr(begin), octets.size()};
    auto text = octets.substr(begin, feed - begin);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return {text, feed + 1};
}

std::size_t blank_line_before(std::string_view octets, std::size_t at, std::size_t floor) noexcept {
    if (at == floor || octets[at - 1] != '\n') return at;
    std::size_t begin = at - 1;
    if (begin > floor && octets[begin - 1] == '\r') --begin;
    return begin == floor || octets[begin - 1] == '\n' ? begin : at;
}

}  // namespace postrider::folder
