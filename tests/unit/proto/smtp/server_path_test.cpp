#include <utility>

#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;
using namespace std::string_literals;

namespace {

/// The address as the handler sees it, or the reply's first two words.
std::string rcpt(std::string const& path, std::string_view mail = "MAIL FROM:<>") {
    server_peer peer;
    peer.lines({"EHLO x", mail});
    auto const said = peer.say("RCPT TO:" + path + "\r\n");
    if (!said.starts_with("250")) return said.substr(0, 9);
    peer.lines({"DATA", "."});
    return peer.handler.messages.at(0).from_whom_to_whom.forward_paths.at(0).address;
}

std::string mail(std::string const& path) {
    server_peer peer;
    peer.lines({"EHLO x"});
    auto const said = peer.say("MAIL FROM:" + path + "\r\n");
    if (!said.starts_with("250")) return said.substr(0, 9);
    peer.lines({"RCPT TO:<a@x>", "DATA", "."});
    return peer.handler.messages.at(0).from_whom_to_whom.reverse_path;
}

std::string const local64(64, 'l');

}  // namespace

TEST_CASE("paths of RFC 5321 are read") {
    CHECK(mail("<a@x.example>") == "a@x.example");
    CHECK(mail(" <a@x.example>") == "a@x.example");
    CHECK(mail("<>") == "");
    CHECK(rcpt("<postmaster>") == "postmaster");
    CHECK(rcpt("<Postmaster>") == "Postmaster");
    CHECK(rcpt("<a@localhost>") == "a@localhost");
    CHECK(rcpt("<a@my_service>") == "a@my_service");
}

TEST_CASE("hazard 46: odd addresses that the grammar has") {
    CHECK(rcpt("<\"a b\"@x>") == "\"a b\"@x");
    CHECK(rcpt("<\"a\\\"b\\\\\"@x>") == "\"a\\\"b\\\\\"@x");
    CHECK(rcpt("<\"a@b>c\"@x>") == "\"a@b>c\"@x");
    CHECK(rcpt("<\"\"@x>") == "\"\"@x");
    CHECK(rcpt("<@a.example,@b.example:c@x>") == "c@x");
    CHECK(rcpt("<@[192.0.2.1]:c@x>") == "c@x");
    CHECK(rcpt("<a@[192.0.2.255]>") == "a@[192.0.2.255]");
    for (auto const* address : {"a@[IPv6:2001:db8::1]", "a@[IPv6:::1]", "a@[IPv6:::]", "a@[ipv6:1:2:3:4:5:6:7:8]",
                                "a@[IPv6:::ffff:192.0.2.1]", "a@[IPv6:1:2:3:4:5:6:192.0.2.1]", "a@[x-tag:some.thing]"})
        CHECK(rcpt('<' + std::string(address) + '>') == address);
    CHECK(rcpt('<' + local64 + "@x>") == local64 + "@x");
}

TEST_CASE("hazard 46: odd addresses that it has not") {
    for (auto const& path : {"a@x"s,
                             "<a@x"s,
                             "a@x>"s,
                             "<a@x>>"s,
                             "<a@x>x"s,
                             "<a@b@c>"s,
                             "<a>"s,
                             "<a@>"s,
                             "<@x>"s,
                             "<>"s,
                             "<.a@x>"s,
                             "<a.@x>"s,
                             "<a..b@x>"s,
                             "<a b@x>"s,
                             "<\"a@x>"s,
                             "<\"a\"b@x>"s,
                             "<\"a\rb\"@x>"s,
                             "<\"a\x01\"@x>"s,
                             "<a@-x>"s,
                             "<a@x->"s,
                             "<a@x..y>"s,
                             "<a@x.>"s,
                             "<a@.x>"s,
                             "<a@x y>"s,
                             "<a@[192.0.2.256]>"s,
                             "<a@[192.0.2]>"s,
                             "<a@[IPv6:1:2]>"s,
                             "<a@[IPv6:1:2:3:4:5:6:7:8:9]>"s,
                             "<a@[IPv6:1::2::3]>"s,
                             "<a@[IPv6:12345::]>"s,
                             "<a@[IPv6::]>"s,
                             "<a@[]>"s,
                             "<a@[x]>"s,
                             "<a@[192.0.2.1>"s,
                             "<@a@x>"s,
                             "<@a:>"s,
                             "<@a,b:c@x>"s,
                             "<@a b@x>"s,
                             ""s,
                             "<"s,
                             ">"s,
                             "<\"\\"s,
                             "<a\tb@x>"s,
                             "<(c)a@x>"s,
                             "Name <a@x>"s,
                             "<postmaster@>"s,
                             "<root>"s}) {
        CAPTURE(path);
        CHECK(rcpt(path) == "501 5.1.3");
    }
    CHECK(mail("<a@b@c>") == "501 5.1.7");
    CHECK(mail("<postmaster>") == "501 5.1.7");
}

TEST_CASE("hazard 46: lengths of RFC 5321 §4.5.3.1") {
    CHECK(rcpt("<l" + local64 + "@x>") == "553 5.1.3");
    CHECK(mail("<l" + local64 + "@x>") == "553 5.1.7");
    std::string domain = "d";
    while (domain.size() < 251) domain += ".d";  // <a@...> is 255 octets
    CHECK(rcpt("<a@" + domain + ">") == "a@" + domain);
    CHECK(rcpt("<aa@" + domain + ">") == "aa@" + domain);
    CHECK(rcpt("<aaa@" + domain + ">") == "553 5.1.3");
    CHECK(rcpt("<a@" + domain + ".ddddd>") == "553 5.1.3");
}

TEST_CASE("hazard 47: what a shell would run is an address like any other") {
    CHECK(rcpt("<$(reboot)@x>") == "501 5.1.3");
    CHECK(rcpt("<`reboot`@x>") == "`reboot`@x");
    CHECK(rcpt("<|x@x>") == "|x@x");
    CHECK(rcpt("<-oQ/tmp@x>") == "-oQ/tmp@x");
    CHECK(rcpt("<\";reboot\"@x>") == "\";reboot\"@x");
}

TEST_CASE("hazard 35: an address in UTF-8 needs SMTPUTF8") {
    CHECK(mail("<测试@例子.example>") == "553 5.6.7");
    CHECK(mail("<测试@例子.example> SMTPUTF8") == "测试@例子.example");
    CHECK(rcpt("<测试@例子.example>") == "553 5.6.7");
    CHECK(rcpt("<测试@例子.example>", "MAIL FROM:<> SMTPUTF8") == "测试@例子.example");
    CHECK(rcpt("<a@例子>", "MAIL FROM:<> SMTPUTF8") == "a@例子");
    server_peer peer;
    peer.lines({"EHLO x"});
    CHECK(peer.lines({"VRFY 测试@x"}) == "553 5.6.7 this address needs SMTPUTF8");
    CHECK(peer.lines({"VRFY 测试@x SMTPUTF8"}).starts_with("252"));
}

TEST_CASE("hazard 35: SMTPUTF8 holds for its transaction alone") {
    server_peer peer;
    peer.lines({"EHLO x", "MAIL FROM:<> SMTPUTF8", "RSET", "MAIL FROM:<>"});
    CHECK(peer.lines({"RCPT TO:<é@x>"}) == "553 5.6.7 this address needs SMTPUTF8");
}

TEST_CASE("hazard 18: one recipient too many is put off, and the others are served") {
    server_peer peer(relaxed());
    peer.lines({"EHLO x", "MAIL FROM:<a@x>"});
    for (int i = 0; i < 1000; ++i) REQUIRE(peer.lines({"RCPT TO:<b@x>"}).starts_with("250"));
    CHECK(peer.lines({"RCPT TO:<b@x>"}) == "452 4.5.3 too many recipients; send the rest in another message");
    CHECK(peer.lines({"DATA", "."}).ends_with("250 2.0.0 kept"));
    CHECK(peer.handler.messages[0].from_whom_to_whom.forward_paths.size() == 1000);
}
