#include <doctest/doctest.h>

#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/codec/error.hpp>
#include <random>
#include <string>
#include <vector>

#include "cpu_seconds.hpp"

using namespace postrider;
using namespace postrider::codec;

namespace {

std::string times(std::size_t count, std::string_view text) {
    std::string out;
    for (; count > 0; --count) out += text;
    return out;
}

std::vector<std::string> words_of(std::string_view encoded) {
    std::vector<std::string> words;
    while (!encoded.empty()) {
        auto const end = encoded.find("\r\n ");
        if (end != 0) words.emplace_back(encoded.substr(0, end));
        encoded.remove_prefix(end == std::string_view::npos ? encoded.size() : end + 3);
    }
    return words;
}

/// Everything that words promise, for any text.
void check_words(std::string_view text, word_place place, std::size_t column, std::string_view charset) {
    auto const encoded = encode_words(text, place, column, charset).value();
    std::size_t line = column;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        REQUIRE(encoded[i] != '\0');
        bool const ends = encoded[i] == '\r';
        if (ends) REQUIRE(encoded.substr(i, 5) == "\r\n =?");
        if (ends) i += 2;
        line = ends ? 1 : line + 1;
        REQUIRE(line <= std::max<std::size_t>(column, 76));
    }
    for (auto const& word : words_of(encoded)) {
        REQUIRE(word.size() <= 75);
        auto const alone = decode_words(word);  // whole characters in each word: each decodes by itself
        REQUIRE(alone.had_words);
        REQUIRE_FALSE((alone.undecodable || alone.malformed || alone.unknown_charset));
        REQUIRE(is_ascii(word));
        if (place == word_place::phrase)
            REQUIRE(word.substr(2 + charset.size()).find_first_of("\"(),.:;<>@[\\]#$%&'^`{|}~ ") == std::string::npos);
    }
    std::string unfolded;
    for (auto const& word : words_of(encoded)) unfolded += (unfolded.empty() ? "" : " ") + word;
    REQUIRE(decode_words(unfolded).text == text);
}

}  // namespace

TEST_CASE("encoded-words: vectors that Python's policies write") {
    auto const text = [](std::string_view t) { return encode_words(t, word_place::text, 9).value(); };
    auto const phrase = [](std::string_view t) { return encode_words(t, word_place::phrase, 4).value(); };
    CHECK(text("邮件测试") == "=?utf-8?b?6YKu5Lu25rWL6K+V?=");
    CHECK(text("wörld,") == "=?utf-8?q?w=C3=B6rld=2C?=");
    CHECK(phrase("Doe, Jöhn") == "=?utf-8?q?Doe=2C_J=C3=B6hn?=");
    CHECK(phrase("Ünï") == "=?utf-8?b?w5xuw68=?=");
    CHECK(phrase("Jöhn") == "=?utf-8?q?J=C3=B6hn?=");
    CHECK(text("").empty());
}

TEST_CASE("encoded-words: the charset asked for, by its registered name") {
    auto const encoded = [](std::string_view t, std::string_view charset) {
        return encode_words(t, word_place::text, 0, charset).value();
    };
    CHECK(encoded("邮件", "GB2312") == "=?gb2312?b?08q8/g==?=");
    CHECK(encoded("邮件", "eucgb2312_cn") == "=?gb2312?b?08q8/g==?=");
    CHECK(encoded("測試", "big5_tw") == "=?big5?b?tPq41Q==?=");
    CHECK(encoded("Jöhn", "latin1") == "=?iso-8859-1?q?J=F6hn?=");
    CHECK(encoded("日本", "iso-2022-jp") == "=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=");
    CHECK(encoded("Привет", "koi8-r") == "=?koi8-r?b?8NLJ18XU?=");
}

TEST_CASE("encoded-words: a word that finds no room on the line begins the next") {
    CHECK(encode_words("é", word_place::text, 58).value() == "=?utf-8?q?=C3=A9?=");
    CHECK(encode_words("é", word_place::text, 59).value() == "\r\n =?utf-8?q?=C3=A9?=");
    CHECK(encode_words("é", word_place::text, 500).value() == "\r\n =?utf-8?q?=C3=A9?=");
}

TEST_CASE("encoded-words: no word above 75 octets, no line above 76, no character split, at any column") {
    for (auto place : {word_place::text, word_place::phrase})
        for (std::size_t column = 0; column <= 80; ++column)
            for (std::string const& text : {times(60, "é"), times(60, "邮"), times(40, "📧"), times(300, "x"),
                                            times(30, "aé邮📧 "), std::string("x"), std::string("a b\tc\"d\\e=?f_g?=")})
                check_words(text, place, column, "utf-8");
}

TEST_CASE("encoded-words: the same in every charset, stateful ones too") {
    std::pair<char const*, char const*> const charsets[] = {
        {"iso-2022-jp", "日本a語"}, {"gb2312", "邮件a测试"},  {"gb18030", "邮ก件a📧"},   {"big5", "測試a"},
        {"euc-kr", "한글a"},        {"iso-2022-kr", "한글a"}, {"koi8-r", "Привет "},    {"iso-8859-1", "Jöhn "},
        {"shift_jis", "メールa"},   {"utf-7", "邮件a+"},      {"hz-gb-2312", "邮~件a"}, {"us-ascii", "plain, "}};
    for (auto const& [charset, text] : charsets)
        for (std::size_t column : {0, 1, 9, 30, 50, 58, 60, 70, 76, 77})
            for (std::size_t count : {1, 2, 5, 30, 100}) {
                std::string const shown(charset);
                CAPTURE(shown);
                check_words(times(count, text), word_place::phrase, column, charset);
            }
}

TEST_CASE("encoded-words: random texts keep every promise") {
    std::mt19937 random(3);
    constexpr std::string_view ingredients[] = {"a", "é",  "邮", "📧",  " ", "_",  "=",
                                                "?", "=?", "?=", "\"", ",", "\t", "x"};
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (auto size = random() % 120 + 1; size > 0; --size) text += ingredients[random() % std::size(ingredients)];
        check_words(text, round % 2 ? word_place::text : word_place::phrase, random() % 80, "utf-8");
    }
}

TEST_CASE("encoded-words: appended to a field, the column goes along") {
    for (std::string_view charset : {"utf-8", "UTF8", "gb2312"}) {
        std::string field = "Subject: ";
        std::size_t column = field.size();
        REQUIRE_FALSE(append_words(field, column, times(30, "邮件"), word_place::text, charset));
        CHECK(field == "Subject: " + encode_words(times(30, "邮件"), word_place::text, 9, charset).value());
        CHECK(column == field.size() - field.rfind('\n') - 1);
        REQUIRE_FALSE(append_words(field, column, "", word_place::text, charset));
        CHECK(column == field.size() - field.rfind('\n') - 1);
    }
}

TEST_CASE("encoded-words: where nothing can be written, field and column stay what they were") {
    std::string field = "Subject: ";
    std::size_t column = 9;
    CHECK(append_words(field, column, "\xFF", word_place::text) == errc::malformed);
    CHECK(append_words(field, column, "📧", word_place::text, "gb2312") == errc::unencodable);
    CHECK(append_words(field, column, "x", word_place::text, "nope") == errc::unknown_charset);
    CHECK(field == "Subject: ");
    CHECK(column == 9);
}

TEST_CASE("encoded-words: what cannot be written is an error") {
    auto const error = [](std::string_view text, std::string_view charset) {
        return encode_words(text, word_place::text, 0, charset).error();
    };
    CHECK(error("邮", "nope") == errc::unknown_charset);
    CHECK(error("📧", "gb2312") == errc::unencodable);
    CHECK(error("\xFF", "utf-8") == errc::malformed);
    CHECK(error("\xFF", "gb2312") == errc::malformed);
}

TEST_CASE("encoded-words: the examples of RFC 2047 section 8") {
    std::pair<char const*, char const*> const rows[] = {
        {"(=?ISO-8859-1?Q?a?=)", "(a)"},
        {"(=?ISO-8859-1?Q?a?= b)", "(a b)"},
        {"(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)", "(ab)"},
        {"(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)", "(ab)"},
        {"(=?ISO-8859-1?Q?a_b?=)", "(a b)"},
        {"(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)", "(a b)"},
        {"=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>"},
        {"=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
         "If you can read this you understand the example."},
    };
    for (auto const& [body, text] : rows) {
        auto const decoded = decode_words(body);
        CHECK(decoded.text == text);
        CHECK(decoded.had_words);
        CHECK_FALSE((decoded.malformed || decoded.undecodable || decoded.unknown_charset || decoded.had_controls));
    }
}

TEST_CASE("encoded-words: found inside text; language tags, case and blanks do not matter") {
    auto const text = [](std::string_view body) { return decode_words(body).text; };
    CHECK(text("foo=?utf-8?q?bar?=baz") == "foobarbaz");
    CHECK(text("=?UTF-8*en?Q?a?=") == "a");
    CHECK(text("=?utf-8?q?a?=\t =?UTF-8?B?Yg==?=") == "ab");
    CHECK(text("=?utf-8?q?with blank?=") == "with blank");
    CHECK(text("=?utf-8?q?\?=") == "");
    CHECK(text("a =?utf-8?q?\?= b") == "a  b");
    CHECK(text("=?utf-8?q?really?\?=") == "really?");
}

TEST_CASE("encoded-words: what is no word stays as it is") {
    for (std::string_view body :
         {"", "=?",
          "=?"
          "?q?a?=",
          "=?utf-8?x?A?=", "=?utf-8?q?A", "=?utf-8?q?A?", "=?utf-8?q", "=?utf-8",
          "= ?utf-8?q?a?=", "=?ut f-8?q?a?=", "=?utf-8??a?=", "=?utf-8?qq?a?=", "plain", "a=?b"}) {
        auto const decoded = decode_words(body);
        CHECK(decoded.text == body);
        CHECK_FALSE((decoded.had_words || decoded.unknown_charset || decoded.malformed));
    }
}

TEST_CASE("hazard 106: a character cut in two between words is put together again") {
    auto const decoded = decode_words("=?utf-8?b?6Q==?= =?UTF-8?b?gq4=?= =?utf-8?q?=E4=BB?=\t=?utf-8?q?=B6?=");
    CHECK(decoded.text == "邮件");
    CHECK_FALSE(decoded.undecodable);
    CHECK(decode_words("=?gb2312?q?=D3?= =?gb2312?q?=CA?=").text == "邮");
    CHECK(decode_words("=?utf-8?b?6Q==?= x =?utf-8?b?gq4=?=").undecodable);
}

TEST_CASE("hazard 106: an unknown charset leaves its word, bad padding and bad Q are told") {
    auto const unknown = decode_words("=?nope?q?a?= =?utf-8?q?b?= =?nope?q?c?=");
    CHECK(unknown.text == "=?nope?q?a?= b =?nope?q?c?=");
    CHECK(unknown.unknown_charset);
    auto const unpadded = decode_words("=?utf-8?b?YQ?=");
    CHECK(unpadded.text == "a");
    CHECK(unpadded.malformed);
    auto const bad_q = decode_words("=?utf-8?q?a=ZZ=4?=");
    CHECK(bad_q.text == "a=ZZ=4");
    CHECK(bad_q.malformed);
    auto const lost = decode_words("=?us-ascii?q?=E9?=");
    CHECK(lost.text == "\uFFFD");
    CHECK(lost.undecodable);
}

TEST_CASE("hazard 106: a hundred thousand words, and as many beginnings of words, take linear time") {
    auto const seconds_for = [](std::string const& body) {
        double const begin = cpu_seconds();
        decode_words(body);
        return cpu_seconds() - begin;
    };
    CHECK(seconds_for(times(100'000, "=?utf-8?b?6YKu?= ")) < 5);
    CHECK(seconds_for(times(100'000, "=?gb2312?q?=D3=CA?= =?big5?q?=B4=FA?= ")) < 5);
    CHECK(seconds_for(times(100'000, "=?nope?q?a?= ")) < 5);
    CHECK(seconds_for(times(1'000'000, "=?")) < 5);
    CHECK(seconds_for(times(200'000, "=?utf-8?q?")) < 5);
    CHECK(seconds_for("=?utf-8?q?" + times(1'000'000, "=") + "?=") < 5);
    std::string charsets;
    for (int i = 0; i < 20'000; ++i) charsets += "=?iso-8859-" + std::to_string(i % 20) + "?q?a?= ";
    CHECK(seconds_for(charsets) < 20);
    CHECK(decode_words(times(100'000, "=?utf-8?b?6YKu?= ")).text == times(100'000, "邮") + " ");
}

TEST_CASE("hazard 105: a word that hides CR, LF or NUL is told") {
    for (std::string_view body :
         {"=?utf-8?q?a=0D=0ABcc:_x?=", "=?utf-8?b?AA==?=", "=?utf-8?q?=7F?=", "=?utf-7?q?a+AAo-b?="}) {
        std::string const shown(body);
        CAPTURE(shown);
        CHECK(decode_words(body).had_controls);
    }
    CHECK_FALSE(decode_words("=?utf-8?q?a=09b=3C=2C?=").had_controls);
}

TEST_CASE("encoded-words: random bodies decode to no more than they are") {
    std::mt19937 random(5);
    constexpr std::string_view ingredients[] = {"=?",   "?=", "utf-8", "gb2312", "?q?", "?b?", "=E9",
                                                "YWJj", " ",  "x",     "=",      "?",   "\xE9"};
    for (int round = 0; round < 3000; ++round) {
        std::string body;
        for (auto size = random() % 40; size > 0; --size) body += ingredients[random() % std::size(ingredients)];
        CHECK(decode_words(body).text.size() <= body.size());
    }
}

TEST_CASE("encoded-words: a group of base64 that was cut in two between adjacent words is one again") {
    std::string const text = "测试邮件测试";
    std::string const base64 = encode_base64(text);
    for (std::size_t cut = 1; cut < base64.size(); ++cut) {
        if (cut % 4 == 0) continue;
        auto const words =
            decode_words("=?utf-8?b?" + base64.substr(0, cut) + "?=\r\n =?UTF-8*zh?B?" + base64.substr(cut) + "?=");
        CAPTURE(cut);
        CHECK(words.text == text);
        CHECK_FALSE(words.malformed);
    }
    CHECK(decode_words("=?utf-8?b?YQ?= =?utf-8?b?Yg?=").text == "ab");  // padding forgotten, twice
    CHECK(decode_words("=?utf-8?b?5rWL6?= =?utf-8?q?x?=").malformed);
    CHECK(decode_words("=?utf-8?b?5rWL6?=").malformed);
    CHECK(decode_words("=?utf-8?b?5rW?= text =?utf-8?b?L?=").malformed);
}

TEST_CASE("encoded-words: split_words keeps octets, charsets and languages apart") {
    CHECK(split_words("a =?UTF-8*de?q?=C3?=\r\n =?utf-8?q?=BC?= b") ==
          std::vector<charset_run>{{"a ", "", "", false}, {"\xC3\xBC", "utf-8", "de", false}, {" b", "", "", false}});
    CHECK(split_words("=?utf-8?q?x") == std::vector<charset_run>{{"=?utf-8?q?x", "", "", false}});
    CHECK(split_words("").empty());
}

TEST_CASE("encoded-words: the length of one at the front of a text") {
    CHECK(encoded_word_octets("=?utf-8?q?Doe,_J?= x") == 18);
    CHECK(encoded_word_octets("=?utf-8?q?"
                              "?=") == 12);
    for (auto text : {"", "=", "=?", "=?utf-8", "=?utf-8?x?a?=", "=?utf-8?q?a b?=", "=?utf-8?q?a", "=?utf-8?q?a?",
                      "=?"
                      "?q?a?=",
                      "x=?a?q?b?="})
        CHECK(encoded_word_octets(text) == 0);
}

TEST_CASE("encoded-words: encoding and line length to order") {
    std::string field;
    std::size_t column = 0;
    CHECK_FALSE(
        append_words(field, column, "Grüße", word_place::text, {.charset = "utf-8", .encoding = word_encoding::b}));
    CHECK(field == "=?utf-8?b?R3LDvMOfZQ==?=");
    field.clear();
    column = 0;
    CHECK_FALSE(append_words(field, column, "Grüße an alle, die das hier lesen", word_place::text,
                             {.charset = "utf-8", .encoding = word_encoding::q, .line_octets = 40}));
    CHECK(field == "=?utf-8?q?Gr=C3=BC=C3=9Fe_an_alle=2C_d?=\r\n =?utf-8?q?ie_das_hier_lesen?=");
    CHECK(decode_words(field).text == "Grüße an alle, die das hier lesen");
}

TEST_CASE("hazard 106: a hundred thousand words, cut everywhere, cost linear time") {
    for (std::string_view piece : {"=?utf-8?b?5rW?= ", "=?utf-8?b?L?= ", "=?utf-8?q?=C3?= ", "=?a?q?b?= ", "=?a?b?c?=",
                                   "=?gb2312?b?1?= ", "=?x?q?", "=?", "?=", "=?utf-8?q?a?= b "}) {
        std::string body;
        for (int i = 0; i < 100'000; ++i) body += piece;
        CHECK(decode_words(body).text.size() <= 4 * body.size());
    }
}
