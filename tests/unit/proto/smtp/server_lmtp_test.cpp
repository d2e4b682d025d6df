#include <utility>

#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

namespace {

server_engine::options lmtp() {
    server_engine::options o;
    o.lmtp = true;
    return o;
}

}  // namespace

TEST_CASE("LMTP says LHLO and nothing else") {
    server_peer peer(lmtp());
    CHECK(peer.say("") == "220 localhost LMTP Postrider");
    CHECK(peer.lines({"EHLO x", "HELO x"}) == "500 5.5.1 this is LMTP: say LHLO | 500 5.5.1 this is LMTP: say LHLO");
    CHECK(peer.lines({"MAIL FROM:<a@x>"}) == "503 5.5.1 LHLO comes first");
    CHECK(peer.lines({"LHLO x"}).starts_with("250-localhost"));
    server_peer smtp;
    CHECK(smtp.lines({"LHLO x"}).ends_with("500 5.5.1 this is SMTP: say EHLO"));
}

TEST_CASE("LMTP answers the dot for each recipient that was accepted") {  // RFC 2033 §4.2
    server_peer peer(lmtp());
    peer.handler.refused_recipient = "b@x";
    peer.lines({"LHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "RCPT TO:<c@x>", "RCPT TO:<d@x>", "DATA"});
    CHECK(peer.lines({"x", "."}) == "250 2.0.0 kept | 250 2.0.0 kept");
    CHECK(peer.handler.messages.size() == 1);

    peer.handler.lmtp_verdicts = {reply_of(250, enhanced_code{2, 0, 0}, "in"),
                                  reply_of(452, enhanced_code{4, 2, 2}, "full")};
    peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<c@x>", "RCPT TO:<d@x>", "RCPT TO:<e@x>"});
    CHECK(peer.say("BDAT 1 LAST\r\nx") ==
          "250 2.0.0 in | 452 4.2.2 full | 451 4.3.0 nothing is known of this recipient");
}

TEST_CASE("LMTP refuses a message for each recipient too") {
    auto o = lmtp();
    o.max_message = 1;
    server_peer peer(o);
    peer.lines({"LHLO x", "MAIL FROM:<a@x>", "RCPT TO:<c@x>", "RCPT TO:<d@x>", "DATA"});
    CHECK(peer.lines({"x", ".", "NOOP"}) ==
          "552 5.3.4 the message is larger than this server takes | 552 5.3.4 the message is larger than this server "
          "takes | 250 2.0.0 ok");
}

TEST_CASE("LMTP's refusals of one message count as one") {
    auto o = lmtp();
    o.max_errors = 2;
    server_peer peer(o);
    peer.handler.refuse_end = true;
    peer.lines({"LHLO x", "MAIL FROM:<a@x>", "RCPT TO:<c@x>", "RCPT TO:<d@x>", "RCPT TO:<e@x>", "DATA"});
    CHECK(peer.lines({"x", "."}) == "554 5.6.0 not this one | 554 5.6.0 not this one | 554 5.6.0 not this one");
    CHECK_FALSE(peer.finished());
}

TEST_CASE("LMTP without a recipient refuses DATA in its own way") {  // RFC 2033 §4.2
    server_peer peer(lmtp());
    peer.lines({"LHLO x", "MAIL FROM:<a@x>"});
    CHECK(peer.lines({"DATA"}) == "503 5.5.1 no recipient was accepted");
}
