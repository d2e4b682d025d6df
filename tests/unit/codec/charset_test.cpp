#include <doctest/doctest.h>

#include <postrider/codec/charset.hpp>
#include <postrider/codec/error.hpp>
#include <string>
#include <tuple>
#include <utility>

#include "guarded_room.hpp"
#include "random_octets.hpp"

using namespace postrider;
using namespace postrider::codec;

TEST_CASE("charset: names are written as registered, whatever they were called") {
    std::pair<char const*, char const*> const names[] = {
        {"UTF8", "utf-8"},
        {"utf-8", "utf-8"},
        {"US-ASCII", "us-ascii"},
        {"ascii", "us-ascii"},
        {"Latin1", "iso-8859-1"},
        {"ISO_8859-1:1987", "iso-8859-1"},
        {"iso8859-15", "iso-8859-15"},
        {"latin_1", "iso-8859-1"},
        {"GB2312", "gb2312"},
        {"eucgb2312_cn", "gb2312"},
        {"euc-cn", "gb2312"},
        {"big5_tw", "big5"},
        {"Big5-HKSCS", "big5-hkscs"},
        {"cp936", "gbk"},
        {"GB18030", "gb18030"},
        {"ISO-2022-JP", "iso-2022-jp"},
        {"Shift-JIS", "shift_jis"},
        {"x-sjis", "shift_jis"},
        {"cp932", "windows-31j"},
        {"EUC_KR", "euc-kr"},
        {"ks_c_5601-1987", "ks_c_5601-1987"},
        {"HZ", "hz-gb-2312"},
        {"koi8r", "koi8-r"},
        {"CP1251", "windows-1251"},
        {"x-cp1252", "windows-1252"},
        {"unicode-1-1-utf-7", "utf-7"},
        {"ISO-8859-8-I", "iso-8859-8-i"},
        {"IBM850", "ibm850"},
    };
    for (auto const& [said, written] : names) {
        std::string const shown(said);
        CAPTURE(shown);
        CHECK(charset_name(said).value() == written);
    }
}

TEST_CASE("charset: what is no charset is refused, and iconv's suffixes are not let through") {
    for (std::string_view name :
         {"", " ", "nope", "unknown-8bit", "x-unknown", "utf-8//TRANSLIT", "iso-8859-2//IGNORE", "//",
          "../../etc/passwd", "gb2312,", "iso-8859-", "iso-8859-99", "windows-1259", "a\r\nb", "UTF-8\n"}) {
        std::string const shown(name);
        CAPTURE(shown);
        CHECK(charset_name(name).error() == errc::unknown_charset);
        CHECK(encode_charset("a", name).error() == errc::unknown_charset);
        CHECK(decode_charset("a", name).error() == errc::unknown_charset);
    }
    CHECK(charset_name(std::string(10'000, 'a')).error() == errc::unknown_charset);
    CHECK(charset_name(std::string_view("utf-8\0", 6)).error() == errc::unknown_charset);
}

TEST_CASE("charset: texts take the octets that each charset gives them, and come back") {
    std::tuple<char const*, char const*, char const*> const rows[] = {
        {"utf-8", "邮件", "\xE9\x82\xAE\xE4\xBB\xB6"},
        {"us-ascii", "mail", "mail"},
        {"iso-8859-1", "Jöhn ÿ\u00A0", "J\xF6hn \xFF\xA0"},
        {"iso-8859-15", "10 €", "10 \xA4"},
        {"windows-1252", "“10 €”",
         "\x93"
         "10 \x80\x94"},
        {"windows-1251", "Привет", "\xCF\xF0\xE8\xE2\xE5\xF2"},
        {"koi8-r", "Привет", "\xF0\xD2\xC9\xD7\xC5\xD4"},
        {"gb2312", "邮件测试", "\xD3\xCA\xBC\xFE\xB2\xE2\xCA\xD4"},
        {"gbk", "測試", "\x9C\x79\xD4\x87"},
        {"gb18030", "\u0E01", "\x81\x32\xCE\x39"},
        {"big5", "測試", "\xB4\xFA\xB8\xD5"},
        {"shift_jis", "メール\\~", "\x83\x81\x81\x5B\x83\x8B\\~"},
        {"euc-jp", "日本", "\xC6\xFC\xCB\xDC"},
        {"iso-2022-jp", "日本a", "\x1B$BF|K\\\x1B(Ba"},
        {"euc-kr", "한글", "\xC7\xD1\xB1\xDB"},
        {"ks_c_5601-1987", "한글", "\xC7\xD1\xB1\xDB"},
        {"hz-gb-2312", "a邮件~b", "a~{SJ<~~}~~b"},
        {"utf-7", "a邮+", "a+kK4AKw-"},
    };
    for (auto const& [charset, text, octets] : rows) {
        std::string const shown(charset);
        CAPTURE(shown);
        CHECK(encode_charset(text, charset).value() == octets);
        auto const decoded = decode_charset(octets, charset).value();
        CHECK(decoded.text == text);
        CHECK(decoded.undecodable == 0);
    }
}

TEST_CASE("charset: under a smaller charset's name the larger one is read, and never written") {
    std::string const traditional = "測試";  // in GBK, not in GB 2312
    auto const gbk = encode_charset(traditional, "gbk").value();
    CHECK(decode_charset(gbk, "gb2312")->text == traditional);
    CHECK(encode_charset(traditional, "gb2312").error() == errc::unencodable);
    CHECK(decode_charset("\x81\x32\xCE\x39", "gbk")->text == "\u0E01");
    CHECK(decode_charset("\x81\x41", "ks_c_5601-1987")->text == "\uAC02");
    CHECK(encode_charset("\uAC02", "euc-kr").error() == errc::unencodable);
    CHECK(decode_charset("\x87\x40", "shift_jis")->text == "①");
    CHECK(decode_charset("\x1B$B-!F|K\\\x1B(B", "iso-2022-jp")->text == "①日本");
    CHECK(decode_charset("\x1B(I1\x1B(B.", "cp50221")->text == "ｱ.");
    CHECK(decode_charset("\x1B$B\nabc", "iso-2022-jp")->text == "\nabc");
    for (auto bad : {"\x1B$B!", "\x1B", "\x1B$X", "\xA4\xA2", "\x1B$B\x7F!"})
        CHECK(decode_charset(bad, "iso-2022-jp")->undecodable > 0);
}

TEST_CASE("charset: a character the charset lacks is an error, not a question mark") {
    for (std::string_view charset :
         {"us-ascii", "iso-8859-1", "koi8-r", "gb2312", "big5", "iso-2022-jp", "windows-1252", "hz"}) {
        std::string const shown(charset);
        CAPTURE(shown);
        CHECK(encode_charset("mail 📧", charset).error() == errc::unencodable);
        CHECK(encode_charset("flag 🏴\U000E0067\U000E007F", charset).error() == errc::unencodable);
    }
    CHECK(encode_charset("Ā", "iso-8859-1").error() == errc::unencodable);
    CHECK(encode_charset("\U000E0067", "gbk").error() == errc::unencodable);  // which iconv drops in silence
}

TEST_CASE("charset: what is no UTF-8 cannot be encoded in anything") {
    for (std::string_view charset : {"utf-8", "us-ascii", "iso-8859-1", "gb2312", "utf-7", "hz-gb-2312"}) {
        CHECK(encode_charset("a\xFFz", charset).error() == errc::malformed);
        CHECK(encode_charset("\xE9\x82", charset).error() == errc::malformed);
        CHECK(encode_charset("\xED\xA0\x80", charset).error() == errc::malformed);
    }
}

TEST_CASE("charset: a stateful charset returns to ASCII at the end of every text") {
    for (std::string_view charset : {"iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "utf-7"}) {
        std::string_view const text = charset == "iso-2022-kr" ? "한글" : "日本";
        auto const once = encode_charset(text, charset).value();
        CHECK(decode_charset(once + "a", charset)->text == std::string(text) + "a");
    }
}

TEST_CASE("hazard 112: undecodable octets become U+FFFD, are counted, and what follows is read in step") {
    std::tuple<char const*, std::string_view, char const*, std::size_t> const rows[] = {
        {"utf-8", "a\xFFz", "a\uFFFDz", 1},
        {"utf-8", "\xE9\x82z\xC0\xAF", "\uFFFDz\uFFFD\uFFFD", 3},
        {"utf-8", "\xF0\x9F\x93", "\uFFFD", 1},
        {"us-ascii", "a\x80\xFFz", "a\uFFFD\uFFFDz", 2},
        {"windows-1252", "a\x81z", "a\uFFFDz", 1},
        {"gb2312", "\xD3\xCA\xFF\xD3\xCA", "邮\uFFFD邮", 1},
        {"gb2312", "\xD3\xCA\xD3", "邮\uFFFD", 1},
        {"gb2312", "\xD3\x0Az", "\uFFFD\nz", 1},
        {"euc-kr", "\xC7\xD1\xC9\xFE\xB1\xDB", "한\uFFFD글", 1},
        {"iso-2022-jp", "\x1B$BF|\xFF\x1B(Ba", "日\uFFFDa", 1},
        {"iso-2022-jp", "\x1B$BF", "\uFFFD", 1},
    };
    for (auto const& [charset, octets, text, undecodable] : rows) {
        std::string const shown(charset);
        CAPTURE(shown);
        auto const decoded = decode_charset(octets, charset).value();
        CHECK(decoded.text == text);
        CHECK(decoded.undecodable == undecodable);
    }
}

TEST_CASE("hazard 112: half a surrogate pair leaves UTF-16 in step") {
    constexpr std::string_view octets("\x90\xAE\xDC\x00\x00\x61", 6);
    CHECK(decode_charset(octets, "utf-16be")->text == "邮\uFFFDa");
}

TEST_CASE("hazard 112: whatever the octets, the text is UTF-8 and at most four times as long") {
    for (std::string_view charset :
         {"utf-8",       "us-ascii",    "iso-8859-1", "gb2312",       "gb18030",      "big5",       "big5-hkscs",
          "iso-2022-jp", "iso-2022-kr", "shift_jis",  "euc-jp",       "euc-kr",       "hz-gb-2312", "utf-7",
          "utf-16",      "utf-16le",    "koi8-r",     "windows-1258", "iso-8859-8-i", "tis-620"}) {
        std::string const shown(charset);
        CAPTURE(shown);
        for (unsigned seed = 0; seed < 60; ++seed) {
            std::string octets = random_octets(200, seed);
            if (seed % 3 == 1)
                for (char& c : octets) c &= 0x7F;
            if (seed % 3 == 2)
                for (std::size_t i = 0; i < octets.size(); i += 4) octets[i] = "\x1B~+$"[i / 4 % 4];
            for (std::size_t size : {0, 1, 2, 3, 50, 200}) {
                auto const decoded = decode_charset(std::string_view(octets).substr(0, size), charset).value();
                REQUIRE(is_utf8(decoded.text));
                REQUIRE(decoded.text.size() <= 4 * size + 4);
            }
        }
    }
}

TEST_CASE("charset: HZ of RFC 1843") {
    auto const text = [](std::string_view octets) { return decode_charset(octets, "hz-gb-2312")->text; };
    CHECK(text("This sentence is in ASCII.\nThe next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.") ==
          "This sentence is in ASCII.\nThe next sentence is in GB.己所不欲，勿施於人。Bye.");
    CHECK(text("~~ and ~\njoined") == "~ and joined");
    CHECK(text("~{SJ<~\nplain SJ") == "邮件\nplain SJ");
    CHECK(text("~{SJ") == "邮");
    CHECK(text("~") == "~");
}

TEST_CASE("charset: the names that mail has them under") {
    std::pair<char const*, char const*> const rows[] = {
        {"CP850", "ibm850"},
        {"cp-850", "ibm850"},
        {"IBM00858", "ibm858"},
        {"dos-866", "ibm866"},
        {"windows-874", "windows-874"},
        {"x-gb18030", "gb18030"},
        {"x-big5", "big5"},
        {"x-euc-tw", "euc-tw"},
        {"CP65001", "utf-8"},
        {"x-utf-8", "utf-8"},
        {"'utf-8'", "utf-8"},
        {"ISO 8859-1", "iso-8859-1"},
        {"ms949", "ks_c_5601-1987"},
        {"UHC", "ks_c_5601-1987"},
        {"x-mac-ce", "x-mac-ce"},
        {"x-sjis", "shift_jis"},
        {"ISO-8859-1-Windows-3.1-Latin-1", "windows-1252"},
        {"UTF-32LE", "utf-32le"},
        {"iso-8859-8-i", "iso-8859-8-i"},
    };
    for (auto const& [written, name] : rows) {
        std::string const shown(written);
        CAPTURE(shown);
        CHECK((charset_name(written) ? *charset_name(written) : "unknown") == name);
    }
    for (auto unknown :
         {"", "x-unknown", "unknown-8bit", "default", "ascii//TRANSLIT", "utf-8//IGNORE", "x", "x-user-defined"})
        CHECK_FALSE(charset_name(unknown).has_value());
}

TEST_CASE("charset: what mailers put beyond a charset's border is read") {
    CHECK(decode_charset("\xAD\xA1", "euc-jp")->text == "①");
    CHECK(decode_charset("\x87\x40", "shift_jis")->text == "①");
    CHECK(decode_charset("\x81\x41", "ks_c_5601-1987")->text == "갂");
    CHECK(decode_charset("\xFF\xFE\x2D\x4E", "utf-16")->text == "中");
    CHECK(decode_charset("\xFE\xFF\x4E\x2D", "utf-16")->text == "中");
    CHECK(decode_charset(std::string_view("\xFF\xFE\0\0\x2D\x4E\0\0", 8), "utf-32")->text == "中");
}

TEST_CASE("hazard 112: seven-bit charsets and odd lengths give U+FFFD, and at most four times the input") {
    for (auto charset :
         {"utf-7", "iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "iso-2022-jp-2", "hz-gb-2312", "utf-16", "utf-16le",
          "utf-32", "utf-32be", "tscii", "big5-hkscs", "gb18030", "euc-tw", "ibm1390", "tcvn"})
        for (std::string_view piece :
             {"\x1B", "\x1B$", "\x1B$B", "\x1B$)C\x0E", "+", "+AA", "+-", "~{", "~", "\xAA", "\xFF", "\xD8", "+2AA-"}) {
            CAPTURE(charset);
            std::string octets;
            for (int i = 0; i < 1001; ++i) octets += piece;
            auto const decoded = decode_charset(octets, charset);
            if (!decoded) continue;
            CHECK(is_utf8(decoded->text));
            CHECK(decoded->text.size() <= 4 * octets.size() + 4);
        }
    CHECK(decode_charset("+2AA-", "utf-7")->undecodable > 0);  // half of a surrogate pair
    CHECK(decode_charset("abc", "utf-16le")->text == "\u6261\uFFFD");
}

TEST_CASE("charset: no octet counts twice as bad, though a kana of JIS X 0212 is read as three") {
    std::string const octets = "\x1b$(D" + std::string(40, '\x91');
    auto const decoded = codec::decode_charset(octets, "iso-2022-jp");
    REQUIRE(decoded.has_value());
    CHECK(decoded->undecodable <= octets.size());
    CHECK(decoded->text.size() <= 4 * octets.size());
}

TEST_CASE("charset: what iconv takes for UTF-8 and is none becomes U+FFFD") {
    for (auto const* name : {"utf-8", "utf-8(", "iso-10646/utf8/"}) {
        auto const decoded = codec::decode_charset("a\xf9\xac\xbe\x91\x9f z", name);
        if (!decoded) continue;
        CHECK(codec::is_utf8(decoded->text));
        CHECK(decoded->undecodable > 0);
    }
}
