#include <doctest/doctest.h>

#include <postrider/codec/charset.hpp>
#include <postrider/codec/quoted_printable.hpp>
#include <random>
#include <string>
#include <vector>

#include "guarded_room.hpp"
#include "random_octets.hpp"

using namespace postrider::codec;

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (;;) {
        auto const end = text.find("\r\n");
        lines.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 2);
    }
}

/// Everything that the encoded form promises, for any octets.
void check_encoding_of(std::string_view text) {
    auto const encoded = encode_quoted_printable(text);
    REQUIRE(quoted_printable_size(text) == encoded.size());
    for (auto const& line : lines_of(encoded)) {
        REQUIRE(line.size() <= 76);
        REQUIRE(line.find_first_of("\r\n") == std::string::npos);
        REQUIRE_FALSE((line.ends_with(' ') || line.ends_with('\t')));
        REQUIRE_FALSE((line.starts_with('.') || line.starts_with("From ")));
        for (char c : line) REQUIRE(((c >= ' ' && c <= '~') || c == '\t'));
    }
    auto const decoded = decode_quoted_printable(encoded);
    REQUIRE(decoded.octets == text);
    REQUIRE_FALSE(decoded.malformed);
}

}  // namespace

TEST_CASE("quoted-printable: what stands for itself and what does not") {
    std::pair<std::string, std::string> const rows[] = {
        {"", ""},
        {"plain\r\n", "plain\r\n"},
        {"a=b", "a=3Db"},
        {"Jöhn", "J=C3=B6hn"},
        {"邮件", "=E9=82=AE=E4=BB=B6"},
        {"blank \r\ntab\t\r\nend ", "blank=20\r\ntab=09\r\nend=20"},
        {"two  \r\n", "two =20\r\n"},
        {" in front", " in front"},
        {"lone\nlf and\rcr", "lone=0Alf and=0Dcr"},
        {"\r", "=0D"},
        {"\r\r\n", "=0D\r\n"},
        {"\n\r\n", "=0A\r\n"},
        {std::string("nul\0", 4), "nul=00"},
        {"\x7F\x80", "=7F=80"},
        {" \r\n\t\r\n", "=20\r\n=09\r\n"},
    };
    for (auto const& [text, encoded] : rows) {
        CHECK(encode_quoted_printable(text) == encoded);
        check_encoding_of(text);
    }
}

TEST_CASE("hazard 125: a leading dot, a From line and trailing blanks come through any relay and mbox") {
    CHECK(encode_quoted_printable(".\r\n..a\r\nFrom me\r\nFromage\r\n.") ==
          "=2E\r\n=2E.a\r\n=46rom me\r\nFromage\r\n=2E");
    std::string const long_line = std::string(75, 'x') + "." + std::string(74, 'y') + "From z";
    check_encoding_of(long_line);
    CHECK(encode_quoted_printable(long_line).find("=\r\n=2E") != std::string::npos);
}

TEST_CASE("quoted-printable: 76 characters fit, the 77th needs a soft line break") {
    std::string const x75(75, 'x');
    CHECK(encode_quoted_printable(x75 + "x") == x75 + "x");
    CHECK(encode_quoted_printable(x75 + "x\r\n") == x75 + "x\r\n");
    CHECK(encode_quoted_printable(x75 + "xx") == x75 + "=\r\nxx");
    CHECK(encode_quoted_printable(x75 + " ") == x75 + "=\r\n=20");
    CHECK(encode_quoted_printable(std::string(73, 'x') + "=") == std::string(73, 'x') + "=3D");
    CHECK(encode_quoted_printable(std::string(74, 'x') + "=") == std::string(74, 'x') + "=\r\n=3D");
    CHECK(encode_quoted_printable(std::string(73, 'x') + "=y") == std::string(73, 'x') + "=\r\n=3Dy");
}

TEST_CASE("quoted-printable: a soft line break cuts no character") {
    for (std::size_t before = 0; before < 80; ++before) {
        std::string const text = std::string(before, 'x') + "邮件é📧 测试邮件测试 ünï 邮件测试邮件测试";
        check_encoding_of(text);
        for (auto const& line : lines_of(encode_quoted_printable(text)))
            CHECK(
                is_utf8(decode_quoted_printable(line.ends_with('=') ? line.substr(0, line.size() - 1) : line).octets));
    }
}

TEST_CASE("quoted-printable: every octet, in every place of a line") {
    for (int c = 0; c < 256; ++c)
        for (std::size_t before : {0, 1, 72, 73, 74, 75, 76, 77}) {
            std::string text(before, 'x');
            text += static_cast<char>(c);
            check_encoding_of(text);
            check_encoding_of(text + "y");
            check_encoding_of(text + "\r\n");
            check_encoding_of(text + text + text);
        }
}

TEST_CASE("quoted-printable: random texts keep every promise") {
    std::mt19937 random(7);
    constexpr std::string_view ingredients("\r\n .=F\tx\xC3\xA9\xFF", 11);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto size = random() % 300; size > 0; --size)
            text += random() % 3 ? 'x' : ingredients[random() % ingredients.size()];
        if (round % 5 == 0) text.insert(text.size() / 2, "\r\nFrom ");
        check_encoding_of(text);
    }
    check_encoding_of(random_octets(100'000));
}

TEST_CASE("quoted-printable: the encoder reads nothing behind its input") {
    std::string const text = "From: é \r\n." + std::string(90, 'x') + "邮件\r";
    guarded_room room(text.size());
    for (std::size_t size = 0; size <= text.size(); ++size) check_encoding_of(room.hold(text.substr(0, size)));
}

TEST_CASE("hazard 111: malformed sequences stay as they are and are told") {
    struct {
        std::string text, octets;
        bool malformed;
    } const rows[] = {
        {"=ZZ", "=ZZ", true},
        {"=", "=", true},
        {"a=", "a=", true},
        {"a=4", "a=4", true},
        {"=4G", "=4G", true},
        {"=\r", "=\r", true},
        {"==41", "=A", true},
        {"=e9=E9", "\xE9\xE9", false},
        {"a=\r\nb", "ab", false},
        {"a=\nb", "ab", false},
        {"a= \t\r\nb", "ab", false},
        {"a =\r\nb", "a b", false},
        {"a=20\r\n", "a \r\n", false},
        {"a \t\r\nb \nc\t", "a\r\nb\nc", false},
        {"a==\r\nb", "a=b", true},
        {"\r\n\r\n", "\r\n\r\n", false},
        {"raw \xE9 octet", "raw \xE9 octet", false},
    };
    for (auto const& row : rows) {
        std::string const shown(row.text);
        CAPTURE(shown);
        auto const decoded = decode_quoted_printable(row.text);
        CHECK(decoded.octets == row.octets);
        CHECK(decoded.malformed == row.malformed);
    }
    auto const many = decode_quoted_printable(std::string(1'000'000, '='));
    CHECK(many.octets == std::string(1'000'000, '='));
    CHECK(many.malformed);
}

TEST_CASE("quoted-printable: a decoder's output is never longer than its input") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        auto const text = random_octets(300, seed);
        CHECK(decode_quoted_printable(text).octets.size() <= text.size());
    }
}

TEST_CASE("quoted-printable: a text in parts decodes to the whole, with or without soft line breaks between them") {
    std::mt19937 random(7);
    for (unsigned round = 0; round < 500; ++round) {
        std::string whole, encoded;
        std::size_t column = 0;
        auto const parts = 1 + random() % 5;
        for (std::size_t part = 1; part <= parts; ++part) {
            auto const text =
                std::string(random() % 90, 'a' + static_cast<char>(part)) + (random() % 2 ? "\r\nz y" : "é");
            bool const soft = part < parts && random() % 2;
            append_quoted_printable(encoded, column, text, part == parts);
            whole += text;
            if (soft) encoded += "=\r\n", column = 0;
        }
        for (auto const& line : lines_of(encoded)) REQUIRE(line.size() <= 76);
        REQUIRE(decode_quoted_printable(encoded).octets == whole);
    }
    std::string out = "x";
    std::size_t column = 1;
    append_quoted_printable(out, column, "ab ", false);
    CHECK(out == "xab ");
    CHECK(column == 4);
    append_quoted_printable(out, column, "c ", true);
    CHECK(out == "xab c=20");
}

namespace {

/// RFC 2045 §6.7 line by line: slow, and easily seen to be right.
std::string decoded_by_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t const lf = text.find('\n');
        bool const ends = lf != std::string_view::npos;
        std::string line(text.substr(0, lf));
        text.remove_prefix(ends ? lf + 1 : text.size());
        bool const cr = ends && line.ends_with('\r');
        if (cr) line.pop_back();
        while (line.ends_with(' ') || line.ends_with('\t')) line.pop_back();
        bool const soft = ends && line.ends_with('=');
        if (soft) line.pop_back();
        for (std::size_t i = 0; i < line.size(); ++i) {
            std::string const digits = line.substr(i + 1, 2);
            bool const pair = digits.size() == 2 && digits.find_first_not_of("0123456789abcdefABCDEF") == digits.npos;
            if (line[i] == '=' && pair) {
                out += static_cast<char>(std::stoi(digits, nullptr, 16));
                i += 2;
            } else {
                out += line[i];
            }
        }
        if (ends && !soft) out += cr ? "\r\n" : "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("quoted-printable: decoding in one pass is decoding line by line") {
    constexpr std::string_view pieces[] = {"=",
                                           "=3D",
                                           "=20",
                                           "=4",
                                           "a",
                                           " ",
                                           "\t",
                                           "\r\n",
                                           "\n",
                                           "\r",
                                           "=\r\n",
                                           "= \n",
                                           "some longer text without anything",
                                           "=e4=B8=ad",
                                           "=zz",
                                           "\xFF",
                                           "=0D"};
    std::mt19937 random(7);
    for (int round = 0; round < 200'000; ++round) {
        std::string text;
        for (std::size_t count = random() % 12; count > 0; --count) text += pieces[random() % std::size(pieces)];
        CAPTURE(text);
        REQUIRE(decode_quoted_printable(text).octets == decoded_by_lines(text));
    }
}
