#include <doctest/doctest.h>

#include <postrider/codec/base64.hpp>
#include <postrider/codec/error.hpp>
#include <string>
#include <utility>

#include "guarded_room.hpp"
#include "random_octets.hpp"

using namespace postrider;
using namespace postrider::codec;

namespace {

/// The slow obvious one: bit by bit, one line.
std::string obvious(std::string_view octets) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, count = 0;
    for (char c : octets) {
        for (int i = 7; i >= 0; --i) {
            bits = bits << 1 | (static_cast<unsigned char>(c) >> i & 1u);
            if (++count % 6 == 0) out += alphabet[std::exchange(bits, 0)];
        }
    }
    if (count % 6) out += alphabet[bits << (6 - count % 6)];
    while (out.size() % 4) out += '=';
    return out;
}

std::string obvious_lines(std::string_view octets) {
    std::string out, text = obvious(octets);
    for (std::size_t i = 0; i < text.size(); i += 76) out += text.substr(i, 76) + "\r\n";
    return out;
}

void check_path(base64_path path, std::string_view in, std::string const& line, std::string const& lines) {
    guarded_room out(base64_lines_size(in.size()));
    char* const one = out.last(line.size());
    REQUIRE(encode_base64(in, one, path) == one + line.size());
    REQUIRE(std::string_view(one, line.size()) == line);
    char* const many = out.last(lines.size());
    REQUIRE(encode_base64_lines(in, many, path) == many + lines.size());
    REQUIRE(std::string_view(many, lines.size()) == lines);
}

}  // namespace

TEST_CASE("base64: the vectors of RFC 4648 section 10") {
    std::pair<char const*, char const*> const vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (auto const& [octets, text] : vectors) {
        CHECK(encode_base64(octets) == text);
        CHECK(decode_base64(text).value() == octets);
    }
}

TEST_CASE("base64: every path writes what the obvious one does, and neither reads nor writes behind its ends") {
    auto const octets = random_octets(600);
    guarded_room room(octets.size());
    for (std::size_t size = 0; size <= octets.size(); ++size) {
        auto const in = room.hold(std::string_view(octets).substr(0, size));
        auto const line = obvious(in), lines = obvious_lines(in);
        for (auto path : base64_paths()) check_path(path, in, line, lines);
    }
}

TEST_CASE("base64: every path works at every alignment of input and output") {
    auto const octets = random_octets(57 * 7 + 64 + 20);
    for (std::size_t from = 0; from < 64; ++from) {
        auto const in = std::string_view(octets).substr(from, 57 * 7 + 20);
        auto const lines = obvious_lines(in);
        for (auto path : base64_paths()) {
            for (std::size_t to = 0; to < 64; ++to) {
                std::string out(to + lines.size() + 64, '#');
                encode_base64_lines(in, out.data() + to, path);
                REQUIRE(out == std::string(to, '#') + lines + std::string(64, '#'));
            }
        }
    }
}

TEST_CASE("base64: every path agrees on what is large") {
    for (unsigned seed = 1; seed <= 8; ++seed) {
        auto const octets = random_octets(100'000 + seed * 7919, seed);
        auto const line = obvious(octets), lines = obvious_lines(octets);
        for (auto path : base64_paths()) check_path(path, octets, line, lines);
    }
}

TEST_CASE("base64: all 256 octets and all 64 values pass through every path") {
    std::string octets;
    for (int i = 0; i < 256; ++i)
        for (int j = 0; j < 256; j += 5)
            octets += {static_cast<char>(i), static_cast<char>(j), static_cast<char>(i ^ j)};
    for (auto path : base64_paths()) check_path(path, octets, obvious(octets), obvious_lines(octets));
}

TEST_CASE("base64: chunks of whole lines, one after the other, are the lines of the whole") {
    auto const octets = random_octets(57 * 40 + 31);
    for (std::size_t lines : {1, 2, 3, 7, 39, 41}) {
        std::string out;
        for (std::size_t i = 0; i < octets.size(); i += lines * base64_line_octets)
            out += encode_base64_lines(std::string_view(octets).substr(i, lines * base64_line_octets));
        CHECK(out == encode_base64_lines(octets));
    }
}

TEST_CASE("base64: sizes are known beforehand") {
    for (std::size_t size = 0; size < 400; ++size) {
        CHECK(base64_size(size) == obvious(std::string(size, 'x')).size());
        CHECK(base64_lines_size(size) == obvious_lines(std::string(size, 'x')).size());
    }
    static_assert(base64_lines_size(57) == 78 && base64_lines_size(0) == 0);
}

TEST_CASE("base64: no line of the 76-column form is longer, and each ends with CRLF") {
    auto const text = encode_base64_lines(random_octets(1000));
    for (std::size_t at = 0; at < text.size();) {
        auto const end = text.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        CHECK(end - at <= 76);
        at = end + 2;
    }
}

TEST_CASE("base64, strict: nothing but whole groups of the alphabet, rightly padded") {
    for (std::string_view bad : {"A",    "AB",       "ABC",        "=",    "====",     "A===",  "AB=C",
                                 "=ABC", "Zg==Zg==", "Zg=",        "Zg",   "Zm9v\r\n", " Zm9v", "Zm9v ",
                                 "Zm9.", "Zm\n9v",   "Zm9vYg==\n", "Zh==", "Zm9=",     "Zm-_"})
        CHECK(decode_base64(bad).error() == errc::malformed);
    CHECK(decode_base64(std::string_view("Zm\0v", 4)).error() == errc::malformed);
}

TEST_CASE("base64, strict: every octet that is not of the alphabet is refused in every place") {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int c = 0; c < 256; ++c) {
        bool const known = alphabet.find(static_cast<char>(c)) != std::string_view::npos;
        for (std::size_t place = 0; place < 4; ++place) {
            std::string text = "AAAAAAAABBBB";
            text[4 + place] = static_cast<char>(c);
            CHECK(decode_base64(text).has_value() == known);
        }
    }
}

TEST_CASE("base64: both decoders give back what was encoded") {
    for (std::size_t size = 0; size <= 600; ++size) {
        auto const octets = random_octets(size, static_cast<unsigned>(size));
        CHECK(decode_base64(encode_base64(octets)).value() == octets);
        auto const lenient = decode_base64_leniently(encode_base64_lines(octets));
        CHECK(lenient.octets == octets);
        CHECK_FALSE((lenient.skipped_characters || lenient.missing_padding || lenient.wrong_length ||
                     lenient.data_after_padding));
    }
}

TEST_CASE("base64: every path decodes alike, whatever one octet is put where, and reads nothing behind the end") {
    auto const octets = random_octets(57 * 3 + 40);
    auto const line = encode_base64(octets), lines = encode_base64_lines(octets);
    guarded_room room(lines.size());
    for (auto path : base64_paths()) {
        CHECK(decode_base64(room.hold(line), path).value() == octets);
        CHECK(decode_base64_leniently(room.hold(lines), path).octets == octets);
        CHECK(decode_base64(lines.substr(0, 156), path).error() == errc::malformed);
    }
    for (int c = 0; c < 256; ++c)
        for (std::size_t place = 0; place < lines.size(); ++place) {
            std::string broken = lines;
            broken[place] = static_cast<char>(c);
            auto const held = room.hold(broken);
            auto const expected = decode_base64_leniently(held, base64_path::scalar);
            for (auto path : base64_paths()) {
                auto const decoded = decode_base64_leniently(held, path);
                REQUIRE(decoded.octets == expected.octets);
                REQUIRE(decoded.skipped_characters == expected.skipped_characters);
                REQUIRE(decoded.data_after_padding == expected.data_after_padding);
            }
            if (place >= line.size()) continue;
            broken = line;
            broken[place] = static_cast<char>(c);
            auto const strict = decode_base64(broken, base64_path::scalar);
            for (auto path : base64_paths()) REQUIRE(decode_base64(room.hold(broken), path) == strict);
        }
}

TEST_CASE("base64: every path decodes every length") {
    for (std::size_t size = 0; size <= 600; ++size) {
        auto const octets = random_octets(size, static_cast<unsigned>(size));
        auto const line = encode_base64(octets), lines = encode_base64_lines(octets);
        guarded_room room(lines.size() + 1);
        for (auto path : base64_paths()) {
            REQUIRE(decode_base64(room.hold(line), path).value() == octets);
            REQUIRE(decode_base64_leniently(room.hold(lines), path).octets == octets);
        }
    }
}

TEST_CASE("base64: the lenient decoder reads nothing behind its input") {
    auto const text = encode_base64_lines(random_octets(300));
    guarded_room room(text.size());
    for (std::size_t size = 0; size <= text.size(); ++size)
        CHECK(decode_base64_leniently(room.hold(std::string_view(text).substr(0, size))).octets.size() <= size);
}

TEST_CASE("hazard 110: junk, '=' in the middle, joined streams and missing padding have one outcome, with its flags") {
    auto const flags = [](decoded_base64 const& d) {
        return std::string(d.skipped_characters ? "s" : "") + (d.missing_padding ? "p" : "") +
               (d.wrong_length ? "l" : "") + (d.data_after_padding ? "a" : "");
    };
    struct {
        char const *text, *octets, *flags;
    } const cases[] = {
        {"YW Jj", "abc", ""},
        {"YW.Jj", "abc", "s"},
        {"YWJ", "ab", "p"},
        {"YWJjZ", "abc", "l"},
        {"YWI=", "ab", ""},
        {"YWI", "ab", "p"},
        {"YQ=", "a", "p"},
        {"YQ", "a", "p"},
        {"YQ==YQ==", "a", "a"},
        {"YQ==\r\n", "a", ""},
        {"YQ = = \r\n", "a", ""},
        {"Y", "", "l"},
        {"", "", ""},
        {"====", "", "s"},
        {"YWJj=", "abc", "s"},
        {"YWJjZ=", "abc", "sl"},
        {"\tY\r\nW\nJ j\r", "abc", ""},
        {"YWJj-- \r\n", "abc", "s"},
        {"\x80YWJj\xff", "abc", "s"},
        {"YQ===", "a", "s"},
    };
    for (auto const& c : cases) {
        std::string const shown(c.text);
        CAPTURE(shown);
        auto const decoded = decode_base64_leniently(c.text);
        CHECK(decoded.octets == c.octets);
        CHECK(flags(decoded) == std::string(c.flags));
    }
}

TEST_CASE("base64: lines of any width and line ends of any kind decode alike") {
    auto const octets = random_octets(500);
    auto const text = encode_base64(octets);
    for (std::size_t width : {1, 2, 3, 5, 60, 64, 76, 77, 1000}) {
        for (std::string_view line_end : {"\r\n", "\n", "\r", " ", "\r\n\r\n"}) {
            std::string lines;
            for (std::size_t i = 0; i < text.size(); i += width) lines.append(text, i, width).append(line_end);
            auto const decoded = decode_base64_leniently(lines);
            CHECK(decoded.octets == octets);
            CHECK_FALSE(decoded.skipped_characters);
        }
    }
}
