#include <doctest/doctest.h>

#include <postrider/proto/proxy/header.hpp>

#include <algorithm>
#include <string>

using namespace postrider;
using proxy::header_reader;
using proxy::told_peer;
using namespace std::string_literals;

namespace {

using state = header_reader::state;

/// Reads as a server does: never more than is wanted. What was not asked for is left in `octets`.
state read(header_reader& reader, std::string_view& octets, std::size_t at_once = 1000) {
    auto last = state::more;
    while (last == state::more && !octets.empty()) {
        auto const count = std::min({reader.wanted(), octets.size(), at_once});
        REQUIRE(count > 0);
        last = reader.consume(octets.substr(0, count));
        octets.remove_prefix(count);
    }
    return last;
}

/// "192.0.2.1 4321", "unknown", "malformed" or "more"; and "!" where something behind the header was touched.
std::string told(std::string_view header) {
    std::string outcome;
    for (std::size_t at_once : {1u, 5u, 1000u}) {
        auto const octets = std::string(header) + "EHLO c\r\n";
        std::string_view rest = octets;
        header_reader reader;
        auto const last = read(reader, rest, at_once);
        std::string now = "malformed";
        if (last == state::more) now = "more";
        if (last == state::done)
            now = reader.peer().address.empty() ? "unknown"
                                                : reader.peer().address + ' ' + std::to_string(reader.peer().port);
        if (last == state::done && rest != "EHLO c\r\n") now += '!';
        CHECK((outcome.empty() || outcome == now));
        outcome = now;
    }
    return outcome;
}

std::string const signature = "\r\n\r\n\0\r\nQUIT\n"s;

}  // namespace

TEST_CASE("a proxy's line tells who the client is") {
    CHECK(told("PROXY TCP4 192.0.2.1 192.0.2.2 4321 25\r\n") == "192.0.2.1 4321");
    CHECK(told("PROXY TCP6 2001:db8::1 2001:db8::2 4321 25\r\n") == "2001:db8::1 4321");
    CHECK(told("PROXY UNKNOWN\r\n") == "unknown");
    CHECK(told("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n") == "unknown");
}

TEST_CASE("a line that is none is not guessed at") {
    for (std::string_view line :
         {"EHLO client.example\r\n", "PROXY\r\n EHLO x\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 4321\r\n",
          "PROXY TCP4  192.0.2.1 192.0.2.2 4321 25\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 4321 25 \r\n",
          "PROXY TCP4 2001:db8::1 192.0.2.2 4321 25\r\n", "PROXY TCP4 192.0.2.256 192.0.2.2 1 2\r\n",
          "PROXY TCP4 192.0.2.1 192.0.2.2 65536 25\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 -1 25\r\n",
          "PROXY TCP4 192.0.2.1 192.0.2.2 01 25\r\n", "PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n",
          "proxy TCP4 192.0.2.1 192.0.2.2 1 2\r\n"})
        CHECK(told(line) == "malformed");
    CHECK(told("PROXY UNKNOWN " + std::string(200, 'x') + "\r\n") == "malformed");
}

TEST_CASE("the binary form tells the same") {
    CHECK(told(signature + "\x21\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\x10\xe1\0\x19"s) == "192.0.2.1 4321");
    auto const v6 = "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"s;
    CHECK(told(signature + "\x21\x21\0\x24"s + v6 + v6 + "\x10\xe1\0\x19"s) == "2001:db8::1 4321");
    CHECK(told(signature + "\x20\0\0\0"s) == "unknown");
    CHECK(told(signature + "\x21\0\0\0"s) == "unknown");
    CHECK(told(signature + "\x21\x31\0\x03xyz"s) == "unknown");
    CHECK(told(signature + "\x21\x11\0\x0f\xc0\0\x02\x01\xc0\0\x02\x02\x10\xe1\0\x19TLV"s) == "192.0.2.1 4321");
}

TEST_CASE("a binary form that is none is not guessed at") {
    CHECK(told(signature + "\x11\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\x10\xe1\0\x19"s) == "malformed");
    CHECK(told(signature + "\x22\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\x10\xe1\0\x19"s) == "malformed");
    CHECK(told(signature + "\x21\x11\0\x0b\xc0\0\x02\x01\xc0\0\x02\x02\x10\xe1\0"s) == "malformed");
    CHECK(told(signature + "\x21\x11\xff\xff"s) == "malformed");
    CHECK(told("\r\n\r\n\0\r\nQUIX\n"s) == "malformed");
}
