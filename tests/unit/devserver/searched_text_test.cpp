#include "store/searched_text.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>

using namespace postrider::devserver;

namespace {

/// What as_searched is to give, character by character.
std::string by_definition(std::vector<std::string_view> const& characters) {
    std::string out;
    for (auto const character : characters) {
        bool const blank = character == " " || character == "\r" || character == "\n" || character == "\t" ||
                           character == "\xC2\xA0" || character == "\xE3\x80\x80";
        if (!blank)
            out += character == "A" ? "a" : character == "Z" ? "z" : character == "É" ? "é" : character;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    return out;
}

}  // namespace

TEST_CASE("blanks of all kinds in a row are one, none comes first, and case is folded, wherever they stand") {
    constexpr std::array<std::string_view, 18> alphabet{
        "a", "A",  "Z", "z", "@", "[", "{", "~", "\x7F", " ", "\r", "\n", "\t", "\xC2\xA0", "\xE3\x80\x80",
        "É", "中", "ひ"};
    std::mt19937 chance(7);
    for (int round = 0; round < 20'000; ++round) {
        // Few of the alphabet at a time: long words, long blanks and what is between come by.
        std::size_t const first = chance() % alphabet.size(), some = 1 + chance() % 6, count = chance() % 40;
        std::vector<std::string_view> characters;
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            characters.push_back(alphabet[(first + chance() % some) % alphabet.size()]);
            text += characters.back();
        }
        CAPTURE(text);
        REQUIRE(as_searched(text) == by_definition(characters));
    }
}

TEST_CASE("octets that are no UTF-8 stand for something all the same") {
    CHECK(as_searched("Caf\xE9 NOIR").find("noir") != std::string::npos);
    CHECK(as_searched("\xC2").size() > 0);
    CHECK(as_searched("aaaaaaa\xE3\x80 B").ends_with("b"));
}
