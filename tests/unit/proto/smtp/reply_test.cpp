#include <doctest/doctest.h>
#include <postrider/proto/smtp/reply.hpp>
#include <string>

using namespace postrider;
using namespace postrider::smtp;

namespace {

reply read(std::string_view octets) {
    reply_reader reader;
    REQUIRE(reader.consume(octets) == reply_reader::state::done);
    REQUIRE(octets.empty());
    return reader.take();
}

void is(std::string_view octets, int code, std::string const& text) {
    CAPTURE(octets);
    auto const r = read(octets);
    CHECK(r.code == code);
    CHECK(r.text() == text);
}

}  // namespace

TEST_CASE("replies read as smtplib reads them") {
    is("250 ok\r\n", 250, "ok");
    is("250\r\n", 250, "");
    is("250 \r\n", 250, "");
    is("250   much room \t\r\n", 250, "much room");
    is("250 ok\n", 250, "ok");
    is("250 ok\r\r\n", 250, "ok");
    is("250-a\r\n250-b\r\n250 c\r\n", 250, "a\nb\nc");
    is("250-a\r\n550 b\r\n", 550, "a\nb");
    is("xyz\r\n", -1, "");
    is("hello\r\n", -1, "o");
    is("\r\n", -1, "");
}

TEST_CASE("hazard 75: what is almost a reply is none") {
    is("25\r\n", -1, "");
    is("2500 ok\r\n", -1, "ok");
    is(std::string_view("250 o\0k\r\n", 9), -1, std::string("o\0k", 3));
    is("250 a\rb\r\n", -1, "a b");
    is("250-a\r\nwhat\r\n", -1, "a\n");
    is("-25 a\r\n", -1, "a");
}

TEST_CASE("a reply comes in any pieces, and the octets behind it stay") {
    std::string const wire = "250-a\r\n250 b\r\n220 c";
    for (std::size_t size = 1; size <= wire.size(); ++size) {
        reply_reader reader;
        auto state = reply_reader::state::more;
        std::size_t at = 0;
        std::string_view piece;
        while (state == reply_reader::state::more) {
            CHECK(piece.empty());
            piece = std::string_view(wire).substr(at, size);
            at += piece.size();
            state = reader.consume(piece);
        }
        REQUIRE(state == reply_reader::state::done);
        CHECK_FALSE(reader.idle());
        CHECK(reader.take().text() == "a\nb");
        CHECK(reader.idle());
        CHECK(at - piece.size() == 14);
    }
}

TEST_CASE("hazard 12, hazard 73: a reply line has a limit, and so has a reply") {
    reply_reader reader;
    auto const longest = "250 " + std::string(limits::reply_line_octets - 6, 'x') + "\r\n";
    std::string_view input = longest;
    CHECK(reader.consume(input) == reply_reader::state::done);
    CHECK(reader.take().text().size() == limits::reply_line_octets - 6);

    auto const longer = "250 " + std::string(limits::reply_line_octets, 'x');
    input = longer;
    CHECK(reader.consume(input) == reply_reader::state::line_too_long);

    reply_reader endless;
    auto state = reply_reader::state::more;
    std::size_t octets = 0;
    while (state == reply_reader::state::more) {
        std::string_view line = "250-and on it goes\r\n";
        octets += line.size();
        state = endless.consume(line);
    }
    CHECK(state == reply_reader::state::reply_too_long);
    CHECK(octets <= limits::reply_total_octets + 20);
}

TEST_CASE("enhanced codes") {
    auto ok = [](std::string_view text, enhanced_code code) {
        CAPTURE(text);
        CHECK(parse_enhanced_code(text) == code);
    };
    ok("5.1.1 no such user", {5, 1, 1});
    ok("2.0.0", {2, 0, 0});
    ok("4.123.456 x", {4, 123, 456});
    for (auto bad : {"", "5", "5.1", "5.1.", "5.1.1x", "3.1.1", "05.1.1", "005.1.1", "5.1234.1", "5.1.1234", "5..1",
                     "a.1.1", " 5.1.1"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_enhanced_code(bad));
    }
    CHECK(to_string(enhanced_code{5, 1, 10}) == "5.1.10");
}

TEST_CASE("an enhanced code counts only where its class is the reply's") {
    CHECK(read("550 5.1.1 no\r\n").enhanced == enhanced_code{5, 1, 1});
    CHECK_FALSE(read("550 2.1.1 no\r\n").enhanced);
    CHECK_FALSE(read("250-2.0.0 a\r\n550 b\r\n").enhanced);
    CHECK(read("550-b\r\n550 5.1.1 b\r\n").enhanced == enhanced_code{5, 1, 1});
}

TEST_CASE("replies in words") {
    CHECK(to_string(read("550-5.1.1 no such\r\n550 5.1.1 user\r\n")) == "550 5.1.1 no such user");
    CHECK(to_string(read("250\r\n")) == "250");
    CHECK(to_string(read("rubbish here\r\n")) == "no reply code ish here");
}

TEST_CASE("a server writes a reply that a client reads back") {
    auto const made = reply_of(550, enhanced_code{5, 1, 1}, "no such\nuser");
    CHECK(to_wire(made) == "550-5.1.1 no such\r\n550 5.1.1 user\r\n");
    CHECK(read(to_wire(made)) == made);
    CHECK(to_wire(reply_of(354, {}, "go on")) == "354 go on\r\n");
    CHECK(to_wire(reply{250, {}, {}}) == "250 \r\n");
    CHECK(to_wire(reply{250, enhanced_code{2, 1, 0}, {"a", "b"}}) == "250-2.1.0 a\r\n250 2.1.0 b\r\n");
}

TEST_CASE("no line end gets into a reply from its text") {
    CHECK(to_wire(reply_of(250, {}, "a\r221 b")) == "250 a 221 b\r\n");
    CHECK(to_wire(reply{250, {}, {"a\r\n221 b"}}) == "250 a  221 b\r\n");
}
