#include <utility>

#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

namespace {

server_engine::options without(std::string keyword) {
    auto o = relaxed();
    o.offer_starttls = o.offer_auth = o.auth_in_clear = true;
    o.hidden_extensions = {std::move(keyword)};
    return o;
}

server_engine::options trusting() {
    auto o = relaxed();
    o.take_xclient = true;
    return o;
}

/// What the last command is told by a server that hides the extension.
std::string told(std::string keyword, std::initializer_list<std::string_view> before, std::string_view command) {
    server_peer peer(without(std::move(keyword)));
    peer.lines({"EHLO x"});
    peer.lines(before);
    return peer.lines({command});
}

}  // namespace

TEST_CASE("an extension that is hidden is not offered, and all others are") {
    for (std::string_view keyword : {"PIPELINING", "SIZE", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "CHUNKING",
                                     "BINARYMIME", "DSN", "STARTTLS", "AUTH"}) {
        server_peer open(without("none")), hiding(without(std::string(keyword)));
        auto is_told = [&](server_peer& peer) {
            return peer.lines({"EHLO x"}).find("250-" + std::string(keyword)) != std::string::npos ||
                   peer.lines({"EHLO x"}).find("250 " + std::string(keyword)) != std::string::npos;
        };
        CHECK(is_told(open));
        CHECK_FALSE(is_told(hiding));
        CHECK(hiding.lines({"MAIL FROM:<a@x>"}).starts_with("250 "));
    }
}

TEST_CASE("an extension that is hidden is not taken either") {
    CHECK(told("SIZE", {}, "MAIL FROM:<a@x> SIZE=5").starts_with("555 5.5.4 "));
    CHECK(told("8bitmime", {}, "MAIL FROM:<a@x> BODY=8BITMIME").starts_with("555 5.5.4 "));
    CHECK(told("SMTPUTF8", {}, "MAIL FROM:<a@x> SMTPUTF8").starts_with("555 5.5.4 "));
    CHECK(told("DSN", {}, "MAIL FROM:<a@x> RET=HDRS").starts_with("555 5.5.4 "));
    CHECK(told("DSN", {"MAIL FROM:<a@x>"}, "RCPT TO:<b@x> NOTIFY=NEVER").starts_with("555 5.5.4 "));
    CHECK(told("BINARYMIME", {}, "MAIL FROM:<a@x> BODY=BINARYMIME").starts_with("501 5.5.4 "));
    CHECK(told("CHUNKING", {}, "MAIL FROM:<a@x> BODY=BINARYMIME").starts_with("501 5.5.4 "));
    CHECK(told("CHUNKING", {"MAIL FROM:<a@x>", "RCPT TO:<b@x>"}, "BDAT 0 LAST").starts_with("500 5.5.1 "));
    CHECK(told("STARTTLS", {}, "STARTTLS").starts_with("500 5.5.1 "));
    CHECK(told("AUTH", {}, "AUTH PLAIN AGEAYg==").starts_with("502 5.5.1 "));
}

TEST_CASE("without ENHANCEDSTATUSCODES there is none in any reply") {
    server_peer peer(without("ENHANCEDSTATUSCODES"));
    peer.lines({"EHLO x"});
    CHECK(peer.lines({"MAIL FROM:<a@x>"}) == "250 sender ok");
    CHECK(peer.lines({"NONSENSE"}) == "500 no such command here");
    CHECK(peer.lines({"QUIT"}) == "221 localhost goodbye");
}

TEST_CASE("BINARYMIME is for BDAT alone, and refuses no octet") {
    auto o = relaxed();
    o.strict_line_ends = true;
    server_peer peer(o);
    peer.lines({"EHLO x", "MAIL FROM:<a@x> BODY=BINARYMIME", "RCPT TO:<b@x>"});
    CHECK(peer.lines({"DATA"}).starts_with("503 5.5.1 "));
    using namespace std::string_literals;
    CHECK(peer.say("BDAT 6 LAST\r\n\r\0\n\n\rx"s) == "250 2.0.0 kept");
    REQUIRE(peer.handler.messages.size() == 1);
    CHECK(peer.handler.messages[0].content == "\r\0\n\n\rx"s);
    peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<b@x>"});
    CHECK(peer.say("BDAT 2 LAST\r\na\n").starts_with("550 5.5.2 "));
}

TEST_CASE("XCLIENT, where it is taken, begins the session anew on behalf of somebody else") {
    server_peer peer(trusting());
    CHECK(peer.lines({"EHLO proxy.example"}).find("XCLIENT NAME ADDR PORT PROTO HELO LOGIN") != std::string::npos);
    CHECK(peer.lines({"XCLIENT ADDR=192.0.2.1 NAME=[UNAVAILABLE] LOGIN=a+40b"}).starts_with("220 localhost ESMTP"));
    CHECK(peer.engine.user() == "a@b");
    REQUIRE(peer.handler.stood_for.size() == 3);
    CHECK(peer.handler.stood_for[0].value == "192.0.2.1");
    CHECK_FALSE(peer.handler.stood_for[1].value);
    CHECK(peer.lines({"MAIL FROM:<a@x>"}).starts_with("503 5.5.1 "));
    CHECK(peer.lines({"EHLO client.example"}).starts_with("250-"));
    CHECK(peer.lines({"XCLIENT ADDR=IPV6:2001:db8::1 PORT=1234"}).starts_with("220 "));
}

TEST_CASE("XCLIENT that says nothing that can be taken is refused, and nothing changes") {
    server_peer peer(trusting());
    peer.lines({"EHLO proxy.example"});
    for (std::string_view argument :
         {"", " ADDR", " ADDR=nowhere", " ADDR=1.2.3.4 ADDR=1.2.3.4", " SHOE=9", " NAME=a+0D+0Ab"})
        CHECK(peer.lines({"XCLIENT" + std::string(argument)}).starts_with("501 5.5.4 "));
    CHECK(peer.handler.stood_for.empty());
    CHECK(peer.lines({"MAIL FROM:<a@x>"}).starts_with("250 "));
    CHECK(peer.lines({"XCLIENT ADDR=192.0.2.1"}).starts_with("503 5.5.1 "));
}

TEST_CASE("hazard 60: XCLIENT from a stranger is refused and not offered") {
    server_peer peer(relaxed());
    CHECK(peer.lines({"EHLO x"}).find("XCLIENT") == std::string::npos);
    CHECK(peer.lines({"XCLIENT ADDR=192.0.2.1"}).starts_with("550 5.7.0 "));
    CHECK(peer.handler.stood_for.empty());
}
