#include <doctest/doctest.h>

#include <postrider/codec/charset.hpp>
#include <postrider/codec/parameter.hpp>
#include <random>
#include <string>
#include <vector>

using namespace postrider;
using namespace postrider::codec;

namespace {

std::string appended(std::string_view name, std::string_view value, std::string_view charset = "utf-8",
                     std::string_view language = {}, std::string field = "Content-Disposition: attachment") {
    std::size_t column = field.size();
    auto const error = append_parameter(field, column, name, value, charset, language);
    if (error)
        return error == errc::malformed ? "malformed" : error == errc::unencodable ? "unencodable" : "unknown charset";
    CHECK(column == field.size() - (field.rfind('\n') == std::string::npos ? 0 : field.rfind('\n') + 1));
    return field.substr(field.find("attachment") + 10);
}

/// What a reader makes of the sections of one parameter.
std::string read_back(std::string const& field) {
    std::string joined;
    for (std::size_t at = field.find("*="); at != std::string::npos; at = field.find("*=", at)) {
        at += 2;
        joined += field.substr(at, field.find(';', at) - at);
    }
    auto decoded = decode_extended_value(joined);
    return decoded ? *decoded : "malformed";
}

void check_lines(std::string const& field) {
    for (std::size_t at = 0;;) {
        auto const end = field.find("\r\n", at);
        REQUIRE(std::min(end, field.size()) - at <= 78);
        if (end == std::string::npos) return;
        REQUIRE(field.substr(end, 3) == "\r\n ");
        at = end + 2;
    }
}

}  // namespace

TEST_CASE("parameter: a token stands bare, other ASCII in quotes, the rest in RFC 2231 form") {
    CHECK(appended("filename", "report.xlsx") == "; filename=report.xlsx");
    CHECK(appended("filename", "my report.xlsx") == "; filename=\"my report.xlsx\"");
    CHECK(appended("filename", "a\"b\\c") == "; filename=\"a\\\"b\\\\c\"");
    CHECK(appended("filename", "") == "; filename=\"\"");
    CHECK(appended("filename", "a;b=c") == "; filename=\"a;b=c\"");
    CHECK(appended("filename", "报告.pdf") == "; filename*=utf-8''%E6%8A%A5%E5%91%8A.pdf");
    CHECK(appended("filename", "报告.pdf", "gb2312") == "; filename*=gb2312''%B1%A8%B8%E6.pdf");
    CHECK(appended("filename", "é%'*.pdf", "utf-8", "fr") == "; filename*=utf-8'fr'%C3%A9%25%27%2A.pdf");
    CHECK(appended("filename", "plain", "utf-8", "en") == "; filename*=us-ascii'en'plain");
}

TEST_CASE("hazard 123: a name that looks like an encoded-word is not taken for one") {
    CHECK(appended("filename", "=?a") == "; filename*=us-ascii''%3D%3Fa");
}

TEST_CASE("parameter: a long value goes in sections, one a line") {
    CHECK(appended("filename", std::string(90, 'a') + "é.pdf") == ";\r\n filename*0*=utf-8''" + std::string(57, 'a') +
                                                                      ";\r\n filename*1*=" + std::string(33, 'a') +
                                                                      "%C3%A9.pdf");
    CHECK(appended("filename", std::string(90, 'a') + ".pdf").starts_with(";\r\n filename*0*=us-ascii''aaa"));
}

TEST_CASE("parameter: what does not fit on the line begins the next") {
    std::string field = std::string(50, 'x');
    std::size_t column = field.size();
    CHECK_FALSE(append_parameter(field, column, "name", std::string(20, 'y')));
    CHECK(field == std::string(50, 'x') + "; name=" + std::string(20, 'y'));
    CHECK_FALSE(append_parameter(field, column, "b", "c"));
    CHECK(field.ends_with(";\r\n b=c"));
    CHECK(column == 4);
}

TEST_CASE("parameter: no line above 78 octets, and every value reads back") {
    std::mt19937 random(11);
    constexpr std::string_view ingredients[] = {"a", "é", "邮", "📧", " ", "\"", "\\", "'", "%", "*", ";", "=?"};
    for (int round = 0; round < 2000; ++round) {
        std::string value = "é", field = "X: " + std::string(random() % 80, 'x');
        for (auto size = random() % 150; size > 0; --size) value += ingredients[random() % std::size(ingredients)];
        std::size_t column = field.size();
        std::size_t const before = column;
        REQUIRE_FALSE(append_parameter(field, column, "filename", value));
        REQUIRE(read_back(field) == value);
        if (before > 77) continue;
        REQUIRE_FALSE(append_parameter(field, column, "size", "123"));
        check_lines(field);
    }
}

TEST_CASE("parameter: a section of UTF-8 ends with a whole character") {
    for (std::size_t before = 0; before < 60; ++before) {
        std::string value(before, 'a');
        for (int i = 0; i < 30; ++i) value += "邮";
        auto const field = appended("filename", value);
        for (std::size_t at = field.find("*="); at != std::string::npos; at = field.find("*=", at)) {
            at += 2;
            auto const section = field.substr(at, field.find(';', at) - at);
            CHECK(
                decode_extended_value(section.starts_with("utf-8''") ? section : "utf-8''" + section)->find("\uFFFD") ==
                std::string::npos);
        }
        CHECK(read_back(field) == value);
    }
}

TEST_CASE("parameter: other charsets read back too") {
    std::string value;
    for (int i = 0; i < 40; ++i) value += "日本";
    for (std::string_view charset : {"iso-2022-jp", "shift_jis", "euc-jp", "gb18030", "utf-7"})
        CHECK(read_back(appended("filename", value, charset)) == value);
}

TEST_CASE("hazard 122: a control character in name or value is an error, and nothing is appended") {
    for (char control : {'\0', '\r', '\n', '\t', '\x1B', '\x7F'}) {
        std::string field = "a";
        std::size_t column = 1;
        CHECK(append_parameter(field, column, "name", std::string("x") + control + "y") == errc::malformed);
        CHECK(append_parameter(field, column, std::string("na") + control, "x") == errc::malformed);
        CHECK(append_parameter(field, column, "name", "é", "utf-8", std::string("e") + control) == errc::malformed);
        CHECK(field == "a");
        CHECK(column == 1);
    }
    CHECK(appended("", "x") == "malformed");
    CHECK(appended("na me", "x") == "malformed");
    CHECK(appended("name*", "x") == "malformed");
    CHECK(appended("name", "\xFF") == "malformed");
    CHECK(appended("name", "é", "utf-8", "'") == "malformed");
    CHECK(appended("name", "é", "nope") == "unknown charset");
    CHECK(appended("name", "📧", "gb2312") == "unencodable");
    CHECK(appended(std::string(100, 'n'), "é") == "malformed");
}

TEST_CASE("parameter: all 256 octets are tokens or not as RFC 2045 says") {
    std::string const tokens = "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~";
    for (int c = 0; c < 256; ++c) {
        char const octet = static_cast<char>(c);
        CHECK(is_token(std::string_view(&octet, 1)) == (tokens.find(octet) != std::string::npos));
    }
    CHECK_FALSE(is_token(""));
}

TEST_CASE("parameter: extended values") {
    CHECK(decode_extended_value("utf-8''%E6%8A%A5%E5%91%8A.pdf").value() == "报告.pdf");
    CHECK(decode_extended_value("us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A").value() == "This is ***fun***");
    CHECK(decode_extended_value("iso-8859-1''%e9").value() == "é");
    CHECK(decode_extended_value("''%C3%A9").value() == "é");
    CHECK(decode_extended_value("utf-8''").value() == "");
    CHECK(decode_extended_value("utf-8''it's").value() == "it's");
    CHECK(decode_extended_value("nope''a").error() == errc::unknown_charset);
    for (std::string_view bad :
         {"", "a", "'", "utf-8'a", "utf-8''%", "utf-8''%4", "utf-8''%GG", "utf-8''a%0D%0ABcc", "utf-8''%00"})
        CHECK(decode_extended_value(bad).error() == errc::malformed);
}
