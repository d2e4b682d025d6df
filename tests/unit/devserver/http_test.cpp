#include <doctest/doctest.h>

#include <string>

#include <postrider/core/limits.hpp>
#include "http/message.hpp"

#include "http/reader.hpp"
#include "http/target.hpp"
#include "utc_time.hpp"

using namespace postrider;
using namespace postrider::devserver;
using reader_state = http_reader::state;

namespace {

reader_state read(std::string_view octets) {
    http_reader reader;
    return reader.consume(octets);
}

}  // namespace

TEST_CASE("a request is read in one piece, octet by octet, and no further than its end") {
    std::string const first =
        "DELETE /a?b=c HTTP/1.1\r\nHost: localhost:8025\r\nOrigin: http://x\r\nContent-Length: 4\r\n\r\nbody";
    for (std::size_t step : {std::size_t{1}, std::size_t{7}, first.size() + 3}) {
        auto all = first + "GET";
        http_reader reader;
        CHECK(reader.idle());
        auto state = reader_state::more;
        std::size_t given = 0;
        std::string_view left;
        while (state == reader_state::more && given < all.size()) {
            left = std::string_view(all).substr(given, step);
            given += left.size();
            state = reader.consume(left);
            if (state == reader_state::more) CHECK(left.empty());
        }
        REQUIRE(state == reader_state::done);
        CHECK(all.substr(given - left.size()) == "GET");
        auto request = reader.take();
        CHECK(request.method == "DELETE");
        CHECK(request.target == "/a?b=c");
        CHECK(request.host == "localhost:8025");
        CHECK(request.origin == "http://x");
        CHECK(request.body == "body");
        CHECK(request.keep_alive);
    }
}

TEST_CASE("a chunked body arrives whole, octet by octet") {
    http_reader reader;
    auto state = reader_state::more;
    for (char octet : std::string(
             "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")) {
        REQUIRE(state == reader_state::more);
        std::string_view piece(&octet, 1);
        state = reader.consume(piece);
    }
    REQUIRE(state == reader_state::done);
    CHECK(reader.take().body == "abcde");
}

TEST_CASE("HTTP/1.0 and Connection: close do not go on") {
    for (auto text : {"GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"}) {
        http_reader reader;
        std::string_view octets = text;
        REQUIRE(reader.consume(octets) == reader_state::done);
        CHECK_FALSE(reader.take().keep_alive);
    }
}

TEST_CASE("hazard 194: a body beyond 1 MiB and a header beyond 16 KiB are refused by name") {
    CHECK(read("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n") == reader_state::body_too_large);
    CHECK(read("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n") ==
          reader_state::header_too_large);
    CHECK(read("GET /" + std::string(20'000, 'x')) == reader_state::header_too_large);
    CHECK(read("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\n") ==
          reader_state::body_too_large);
}

TEST_CASE("hazard 194: a message may be as long as one that comes by SMTP, and no longer") {
    auto announced = [](std::string_view type, std::uint64_t length) {
        return read("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: " + std::string(type) +
                    "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n");
    };
    CHECK(announced("message/rfc822", limits::message_octets) == reader_state::more);
    CHECK(announced("Message/RFC822; x=y", 2 << 20) == reader_state::more);
    CHECK(announced("message/rfc822", limits::message_octets + 1) == reader_state::body_too_large);
    CHECK(announced("message/rfc822x", 2 << 20) == reader_state::body_too_large);
    CHECK(announced("application/json", 2 << 20) == reader_state::body_too_large);
}

TEST_CASE("a client that waits to send its body is told to go on, once") {
    http_reader reader;
    std::string_view head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n",
                     body = "ab";
    REQUIRE(reader.consume(head) == reader_state::more);
    CHECK(reader.asks_to_continue());
    CHECK_FALSE(reader.asks_to_continue());
    REQUIRE(reader.consume(body) == reader_state::done);
    CHECK(reader.take().body == "ab");
}

TEST_CASE("what is not HTTP is malformed") {
    for (auto text : {"EHLO client.example\r\n\r\n", "GET / HTTP/9.1\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n",
                      "GET / HTTP/1.1\r\nno colon\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                      "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
        INFO(text);
        CHECK(read(text) == reader_state::malformed);
    }
}

TEST_CASE("a target is a path and a query, percent-decoded") {
    auto target = parse_target("/api/v1/messages/a%2Fb?query=%E6%B5%8B+x&limit=5&limit=6&empty=&bare");
    REQUIRE(target.has_value());
    CHECK(target->path == std::vector<std::string>{"api", "v1", "messages", "a/b"});
    CHECK((*target)["query"] == "测 x");
    CHECK((*target)["limit"] == "5");
    CHECK((*target)["nothing"].empty());
    CHECK(parse_target("/")->path.empty());
    for (auto bad : {"", "http://x/", "*", "/%zz", "/a b"}) CHECK_FALSE(parse_target(bad).has_value());
}

TEST_CASE("hazard 188: only names that lead nowhere else are this server") {
    for (auto own : {"localhost", "localhost:8025", "LocalHost:1", "127.0.0.1:8025", "[::1]:8025", "[::1]"})
        CHECK(is_own_host(own, "127.0.0.1"));
    for (auto strange : {"", "evil.example:8025", "127.0.0.1.evil.example", "localhost.evil.example:8025",
                         "localhost:8025@evil.example", "localhost:x", "localhost:123456", "[::2]:8025", "::1", ":8025",
                         "127.0.0.1\"", "0.0.0.0:8025"})
        CHECK_FALSE(is_own_host(strange, "127.0.0.1"));
    CHECK(is_own_host("192.0.2.7:8025", "192.0.2.7"));
    CHECK(is_own_host("[2001:db8::7]:8025", "2001:db8::7"));
}

TEST_CASE("hazards 187, 189: another site's page is told apart by its origin") {
    CHECK(is_own_origin(std::nullopt, "localhost:8025"));
    CHECK(is_own_origin("http://localhost:8025", "localhost:8025"));
    for (auto strange : {"http://evil.example", "null", "http://localhost:3000", "https://localhost:8025", ""})
        CHECK_FALSE(is_own_origin(std::string(strange), "localhost:8025"));
}

TEST_CASE("hazard 192: a download's name cannot leave its quotes or its field") {
    CHECK(attachment_disposition("report.pdf") == "attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf");
    CHECK(attachment_disposition("测.txt") == "attachment; filename=\"___.txt\"; filename*=UTF-8''%E6%B5%8B.txt");
    CHECK(attachment_disposition("a\"b\r\nX: y.txt") ==
          "attachment; filename=\"a_b__X: y.txt\"; filename*=UTF-8''a%22b%0D%0AX%3A%20y.txt");
    CHECK(attachment_disposition("") == "attachment; filename=\"attachment\"; filename*=UTF-8''attachment");
}

TEST_CASE("hazard 191: a download's name is no path") {
    CHECK(attachment_disposition("../../etc/passwd") == "attachment; filename=\"passwd\"; filename*=UTF-8''passwd");
    CHECK(attachment_disposition("C:\\x\\run.bat") == "attachment; filename=\"run.bat\"; filename*=UTF-8''run.bat");
}

TEST_CASE("every response forbids sniffing, framing and strange scripts") {
    auto head = head_of(error_response("no-such-message"), 3, true);
    CHECK(head.starts_with("HTTP/1.1 404 Not Found\r\n"));
    CHECK(head.ends_with("\r\n\r\n"));
    for (auto field :
         {"\r\nContent-Length: 3\r\n", "\r\nX-Content-Type-Options: nosniff\r\n", "default-src 'none'",
          "frame-ancestors 'none'", "\r\nReferrer-Policy: no-referrer\r\n", "\r\nCache-Control: no-store\r\n"})
        CHECK(head.find(field) != std::string::npos);
    CHECK(head_of(error_response("no-such-message"), std::nullopt, false).find("Content-Length") == std::string::npos);
}

TEST_CASE("a time is told in UTC, to the millisecond") {
    using std::chrono::milliseconds, std::chrono::system_clock;
    CHECK(utc_time(system_clock::time_point(milliseconds(1'772'368'496'789))) == "2026-03-01T12:34:56.789Z");
    CHECK(utc_time(system_clock::time_point(milliseconds(-1))) == "1969-12-31T23:59:59.999Z");
}
