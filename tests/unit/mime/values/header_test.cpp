#include <postrider/codec/charset.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/header.hpp>
#include <postrider/mime/mail_charset.hpp>

#include "support.hpp"

using namespace postrider;
using mime::decode_header, mime::header, mime::make_header;
using runs = std::vector<mime::charset_run>;

namespace {

std::string reread(std::string const& body) {
    return codec::decode_words(body).text;
}

template <class Call>
mime::errc thrown(Call&& call) {
    try {
        call();
    } catch (mime::error const& e) {
        return e.code();
    }
    return {};
}

std::size_t longest_line(std::string_view text) {
    std::size_t longest = 0;
    for (std::size_t at = 0; at <= text.size();) {
        std::size_t const end = std::min(text.find('\n', at), text.size());
        longest = std::max(longest, end - at);
        at = end + 1;
    }
    return longest;
}

}  // namespace

TEST_CASE("header: pieces in their charsets, under registered names") {
    header one("Hello");
    CHECK(one.encode() == "Hello");
    CHECK(header("Grüße").encode() == "=?utf-8?q?Gr=C3=BC=C3=9Fe?=");
    CHECK(header("Grüße", "latin1").encode() == "=?iso-8859-1?q?Gr=FC=DFe?=");
    CHECK(header("中文", "gb2312").encode() == "=?gb2312?b?1tDOxA==?=");
    CHECK(header("中文", "big5").encode() == "=?big5?b?pKSk5Q==?=");
    CHECK(header("日本", "euc-jp").encode() == "=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=");
    CHECK(header("plain", "utf-8").encode() == "=?utf-8?q?plain?=");
    CHECK(header("a").append("b").encode() == "a b");
    one.append("中文", "gb2312").append("end");
    CHECK(one.encode() == "Hello =?gb2312?b?1tDOxA==?= end");
    CHECK(one.to_string() == "Hello 中文 end");
    CHECK(header("Grüße").append("Grüße", "latin1").encode() ==
          "=?utf-8?q?Gr=C3=BC=C3=9Fe?= =?iso-8859-1?q?Gr=FC=DFe?=");
    CHECK(header("x") == header("x"));
    CHECK_FALSE(header("x") == header("y"));
}

TEST_CASE("hazard 122: a header's text holds no control character, and charsets lack nothing silently") {
    for (auto text : {"a\r\nBcc: x", "a\nb", "a\rb", "a\x01"})
        CHECK(thrown([&] { header{text}; }) == mime::errc::control_character);
    CHECK(thrown([] { header("中", "latin1"); }) == mime::errc::unencodable);
    CHECK(thrown([] { header("x", "no-such-charset"); }) == mime::errc::unencodable);
    CHECK(thrown([] { header("\xff"); }) == mime::errc::unencodable);
}

TEST_CASE("header: lines are folded at blanks alone, rather behind a semicolon or a comma") {
    std::string const text =
        "from mail.example.org by mx.example.net with esmtps; Fri, 20 Nov 2026 10:11:12 +0800 and more words";
    std::string const folded = header(text, {}, {.header_name = "Received"}).encode();
    CHECK(folded ==
          "from mail.example.org by mx.example.net with esmtps;\n Fri, 20 Nov 2026 10:11:12 +0800 and more words");
    CHECK(header(text).encode({.maxlinelen = 0}) == text);
    CHECK(header(text).encode({.maxlinelen = 30, .linesep = "\r\n"}).find("\r\n ") != std::string::npos);
    std::string const words = "=?x?= " + repeated("word ", 100) + "end";
    for (std::size_t length : {20, 40, 78, 100}) {
        auto const out = header(words).encode({.maxlinelen = length});
        CHECK(longest_line(out) <= length);
        std::string unfolded = out;
        std::erase(unfolded, '\n');
        CHECK(unfolded == words);
    }
    CHECK(header(repeated("x", 200)).encode() == repeated("x", 200));
    CHECK(header("a   b \t c  ").encode() == "a   b \t c  ");
}

TEST_CASE("header: encoded-words fit their lines and read back as what was appended") {
    std::string const text = repeated("测试 und Prüfung ", 20) + "x";
    for (auto charset : {"utf-8", "gb18030", "utf-7"})
        for (std::size_t length : {0, 30, 50, 76, 78, 200}) {
            INFO(charset, length);
            header one("Subject of", {}, {.maxlinelen = length, .header_name = "Subject"});
            one.append(text, charset).append("and then");
            auto const out = one.encode();
            std::string unfolded = out;
            std::erase(unfolded, '\n');
            CHECK(reread(unfolded) == "Subject of " + text + " and then");
            if (length > 40) CHECK(longest_line(out) <= length);
        }
    CHECK(header("测试", {}, {.continuation_ws = "\t"}).append(repeated("测", 60)).encode().find("\n\t=?") !=
          std::string::npos);
}

TEST_CASE("decode_header and make_header are each other's way back") {
    CHECK(decode_header("plain").size() == 1);
    CHECK(decode_header("") == runs{});
    CHECK(decode_header("=?ISO-8859-1?Q?a?= b =?utf-8*de?b?w7w=?=") ==
          runs{{"a", "iso-8859-1", "", false}, {" b ", "", "", false}, {"\xC3\xBC", "utf-8", "de", false}});
    CHECK(decode_header("=?utf-8?q?a?=\r\n =?utf-8?q?b?=") == runs{{"ab", "utf-8", "", false}});
    CHECK(decode_header("=?a?q?x?= =?b?q?y?=") == runs{{"x", "a", "", false}, {"y", "b", "", false}});
    CHECK(make_header(decode_header("Re: =?gb2312?B?1tDOxA==?= ok")).to_string() == "Re: 中文 ok");
    CHECK(make_header(decode_header("=?gb2312?B?1tDOxA==?=")).encode() == "=?gb2312?b?1tDOxA==?=");
    CHECK(make_header(decode_header("=?nobody-knows?q?x=FC?=")).to_string() == "x\uFFFD");
    CHECK(make_header(decode_header("=?utf-8?q?a=0D=0Ab?=")).to_string() == "a\\x0d\\x0ab");
}

TEST_CASE("mail_charset: Python's table, with real names") {
    mime::mail_charset const utf8("UTF8");
    CHECK(utf8.output_charset == "utf-8");
    CHECK(utf8.get_body_encoding() == "base64");
    CHECK(mime::mail_charset("gb2312").output_charset == "gb2312");
    CHECK(mime::mail_charset("big5").output_charset == "big5");
    CHECK(mime::mail_charset("Shift_JIS").get_output_charset() == "iso-2022-jp");
    CHECK(mime::mail_charset("iso-2022-jp").get_body_encoding() == "7bit");
    CHECK(mime::mail_charset("latin-1").get_body_encoding() == "quoted-printable");
    CHECK(mime::mail_charset("latin-1").header_encode("ü") == "=?iso-8859-1?q?=FC?=");
    CHECK(mime::mail_charset("utf-8").body_encode("ü") == "w7w=\r\n");
    CHECK(mime::mail_charset().header_encode("abc") == "abc");
    auto copy = utf8;
    copy.body = mime::mail_charset::body_encoding::quoted_printable;  // add_charset, for oneself
    CHECK(copy.body_encode("ü") == "=C3=BC");
    CHECK_FALSE(copy == utf8);
}

TEST_CASE("hazard 106: a hundred thousand pieces are folded in linear time") {
    header many;
    for (int i = 0; i < 100'000; ++i) many.append(i % 2 ? "word; word" : "wörd");
    CHECK(many.encode().size() > 1'000'000);
    CHECK(header(repeated("a ", 500'000)).encode().size() > 1'000'000);
    CHECK(header(repeated(";, ", 500'000)).encode().size() > 1'000'000);
}
