#include "utf8.hpp"

#include <doctest/doctest.h>

#include <iterator>
#include <postrider/codec/charset.hpp>
#include <random>
#include <string>
#include <vector>

#include "guarded_room.hpp"

using namespace postrider::codec;

namespace {

constexpr std::string_view borders(
    "\x00\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF", 24);

/// RFC 3629 §4, spelled out.
bool obviously_utf8(std::string_view s) {
    auto octet = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
    for (std::size_t i = 0; i < s.size();) {
        auto tail = [&](std::size_t n) { return octet(i + n) >= 0x80 && octet(i + n) <= 0xBF; };
        unsigned const a = octet(i), b = octet(i + 1);
        if (a < 0x80)
            i += 1;
        else if (a >= 0xC2 && a <= 0xDF && tail(1))
            i += 2;
        else if (a >= 0xE0 && a <= 0xEF && tail(1) && tail(2) && !(a == 0xE0 && b < 0xA0) && !(a == 0xED && b > 0x9F))
            i += 3;
        else if (a >= 0xF0 && a <= 0xF4 && tail(1) && tail(2) && tail(3) && !(a == 0xF0 && b < 0x90) &&
                 !(a == 0xF4 && b > 0x8F))
            i += 4;
        else
            return false;
    }
    return true;
}

bool obviously_ascii(std::string_view s) {
    for (char c : s)
        if (static_cast<unsigned char>(c) > 127) return false;
    return true;
}

struct path {
    char const* name;
    bool (*says_utf8)(std::string_view) noexcept;
};

#ifdef POSTRIDER_UTF8_X86
/// Blocks from the first octet on, of a text however short.
bool is_utf8_avx2(std::string_view text) noexcept {
    text.remove_prefix(detail::utf8_characters_avx2(text));
    return detail::is_utf8_scalar(text);
}
#endif

/// The one is_utf8 chooses, and every one this processor can take.
std::vector<path> paths() {
    std::vector<path> all{{"chosen", is_utf8}, {"scalar", detail::is_utf8_scalar}};
#ifdef POSTRIDER_UTF8_X86
    if (__builtin_cpu_supports("avx2")) all.push_back({"avx2", is_utf8_avx2});
    if (__builtin_cpu_supports("avx512bw")) all.push_back({"avx512", detail::is_utf8_avx512});
#endif
    return all;
}

/// Holds texts against either end of memory, and every path against the obvious one.
class judges {
public:
    void agree_on(std::string_view text) {
        bool const expected = obviously_utf8(text);
        for (auto const held : {room_.hold(text), room_.hold_first(text)})
            for (auto const& path : paths_)
                if (path.says_utf8(held) != expected) disagree(path, text);
    }

private:
    static void disagree(path const& with, std::string_view text) {
        CAPTURE(with.name);
        CAPTURE(doctest::String(text.data(), static_cast<unsigned>(text.size())));
        FAIL("is UTF-8: ", obviously_utf8(text));
    }

    guarded_room room_{1024};
    std::vector<path> paths_ = paths();
};

/// ASCII with `sequence` in every place about the border of two blocks: they are of 32 octets, and the first begins
/// behind three characters.
void agree_about_border(judges& all, std::string_view sequence) {
    std::string text(104, 'x');
    for (std::size_t place = 29; place <= 38; ++place) {
        text.replace(place, sequence.size(), sequence);
        all.agree_on(text);
        text.replace(place, sequence.size(), sequence.size(), 'x');
    }
}

std::string random_text(std::mt19937& random, std::size_t characters) {
    constexpr std::string_view some[] = {
        "a",  "\x7F", "\xC2\x80",     "\xDF\xBF",     "\xE0\xA0\x80",     "邮",
        "件", "📧",    "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
    std::string text;
    while (characters-- > 0) text += some[random() % std::size(some)];
    return text;
}

}  // namespace

TEST_CASE("utf8: one octet above 127 is found in every place, and nothing is read outside the text") {
    guarded_room room(200);
    judges all;
    for (std::size_t size = 0; size <= 200; ++size) {
        std::string text(size, 'x');
        CHECK(is_ascii(room.hold(text)));
        all.agree_on(text);
        for (std::size_t place = 0; place < size; ++place) {
            text[place] = '\x80';
            REQUIRE_FALSE(is_ascii(room.hold(text)));
            all.agree_on(text);
            text[place] = 'x';
        }
    }
}

TEST_CASE("utf8: every path judges all sequences of one and two octets, alone and over the borders of blocks") {
    judges all;
    for (int a = 0; a < 256; ++a) {
        all.agree_on(std::string(1, static_cast<char>(a)));
        agree_about_border(all, std::string(1, static_cast<char>(a)));
        for (int b = 0; b < 256; ++b) {
            std::string const two{static_cast<char>(a), static_cast<char>(b)};
            all.agree_on(two);
            agree_about_border(all, two);
        }
    }
}

TEST_CASE("utf8: every path judges sequences of three octets, with any lead and any second") {
    judges all;
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b)
            for (char c : {'\x7F', '\x80', '\xBF', '\xC2'}) {
                std::string const three{static_cast<char>(a), static_cast<char>(b), c};
                all.agree_on(three);
                agree_about_border(all, three);
            }
}

TEST_CASE("utf8: every path judges sequences of four octets at the borders, in every place of a long text") {
    std::string const before =
                          "邮éx邮📧a"
                          "邮件邮件邮件邮件邮件邮件邮件邮件邮件x",
                      behind(40, 'y');
    judges all;
    std::size_t shift = 0;
    for (char a : borders)
        for (char b : borders)
            for (char c : borders)
                for (char d : borders) {
                    std::string const four{a, b, c, d};
                    for (std::size_t size = 1; size <= 4; ++size) all.agree_on(std::string_view(four).substr(0, size));
                    std::string const between(shift++ % 37, 'x');
                    all.agree_on(before + between + four + behind.substr(shift % 41));
                }
}

TEST_CASE(
    "utf8: every path refuses surrogates, overlong forms and what lies above U+10FFFF, and takes their neighbours") {
    struct {
        std::string_view sequence;
        bool good;
    } const known[] = {{"\xC1\xBF", false},         {"\xC2\x80", true},
                       {"\xE0\x9F\xBF", false},     {"\xE0\xA0\x80", true},
                       {"\xED\x9F\xBF", true},      {"\xED\xA0\x80", false},
                       {"\xED\xBF\xBF", false},     {"\xEE\x80\x80", true},
                       {"\xF0\x8F\xBF\xBF", false}, {"\xF0\x90\x80\x80", true},
                       {"\xF4\x8F\xBF\xBF", true},  {"\xF4\x90\x80\x80", false},
                       {"\xF5\x80\x80\x80", false}, {"\xF8\x88\x80\x80\x80", false}};
    for (auto const& [sequence, good] : known)
        for (std::size_t place = 0; place <= 130; ++place) {
            std::string text(140, 'x');
            text.insert(place, sequence);
            for (auto const& path : paths()) REQUIRE_MESSAGE(path.says_utf8(text) == good, path.name);
        }
}

TEST_CASE("utf8: every path judges a text that is cut off anywhere, at either end") {
    std::string text;
    while (text.size() < 200) text += "邮件📧é";
    judges all;
    for (std::size_t from = 0; from < 16; ++from)
        for (std::size_t size = 0; size <= 200 - from; ++size) all.agree_on(std::string_view(text).substr(from, size));
}

TEST_CASE("utf8: every path judges random text, whole and with octets changed, lost and added") {
    std::mt19937 random(3629);
    judges all;
    for (unsigned round = 0; round < 20000; ++round) {
        std::string text = random_text(random, random() % 100);
        REQUIRE(obviously_utf8(text));
        all.agree_on(text);
        text.insert(random() % (text.size() + 1), 1, static_cast<char>(random()));
        all.agree_on(text);
        text[random() % text.size()] = borders[random() % borders.size()];
        all.agree_on(text);
        text.erase(random() % text.size(), 1 + random() % 3);
        all.agree_on(text);
        REQUIRE(is_ascii(text) == obviously_ascii(text));
    }
}

#ifdef POSTRIDER_UTF8_X86
TEST_CASE("utf8: blocks end at a character, behind nothing ill-formed, and leave no block of good text to others") {
    if (!__builtin_cpu_supports("avx2")) return;
    constexpr std::size_t block = 32, longest_character = 4;
    std::mt19937 random(32);
    for (unsigned round = 0; round < 20000; ++round) {
        std::string text = random_text(random, random() % 100);
        CHECK(text.size() - detail::utf8_characters_avx2(text) < block + longest_character);
        if (!text.empty()) text[random() % text.size()] = borders[random() % borders.size()];
        REQUIRE(obviously_utf8(text.substr(0, detail::utf8_characters_avx2(text))));
    }
}
#endif

TEST_CASE("utf8: a prefix of UTF-8 splits no character") {
    std::string_view const text = "aé邮📧";
    std::size_t const expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (std::size_t octets = 0; octets < std::size(expected); ++octets)
        CHECK(utf8_prefix(text, octets) == expected[octets]);
    CHECK(utf8_prefix("", 5) == 0);
}
