#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

namespace {

struct transcript final : trace_sink {
    void line(trace_side side, std::string_view line) override {
        text += side == trace_side::client ? "C: " : "S: ";
        (text += line) += '\n';
    }
    std::string text;
};

}  // namespace

TEST_CASE("a session is told line by line, content by its size") {
    for (std::size_t piece : {1, 1000}) {
        transcript told;
        server_engine::options o;
        o.trace = &told;
        server_peer peer(o, piece);
        peer.lines({"HELO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", "..", "."});
        peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<b@x>"});
        peer.say("BDAT 3\r\nabcBDAT 0 LAST\r\nQUIT\r\n");
        CHECK(told.text ==
              "S: 220 localhost ESMTP Postrider\n"
              "C: HELO x\nS: 250 localhost\n"
              "C: MAIL FROM:<a@x>\nS: 250 2.1.0 sender ok\n"
              "C: RCPT TO:<b@x>\nS: 250 2.1.5 ok\n"
              "C: DATA\nS: 354 end with a dot on a line of its own\n"
              "C: [3 octets]\nC: .\nS: 250 2.0.0 kept\n"
              "C: MAIL FROM:<a@x>\nS: 250 2.1.0 sender ok\n"
              "C: RCPT TO:<b@x>\nS: 250 2.1.5 ok\n"
              "C: BDAT 3\nC: [3 octets]\nS: 250 2.0.0 3 octets taken\n"
              "C: BDAT 0 LAST\nC: [0 octets]\nS: 250 2.0.0 kept\n"
              "C: QUIT\nS: 221 2.0.0 localhost goodbye\n");
    }
}

TEST_CASE("hazard 85: no response of AUTH is told") {
    transcript told;
    server_engine::options o;
    o.trace = &told;
    o.offer_auth = o.auth_in_clear = true;
    o.secret_of = [](std::string_view) { return std::optional<std::string>("secret"); };
    server_peer peer(o);
    peer.lines({"EHLO x"});
    told.text.clear();
    peer.lines(
        {"auth plain AHUAcA==", "AUTH LOGIN", "dXNlcg==", "cGFzcw==", "AUTH  PLAIN  AHUAcA==", "AUTH PLAIN", "*"});
    CHECK(told.text ==
          "C: auth plain ****\nS: 535 5.7.8 user or secret is wrong\n"
          "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: ****\nS: 334 UGFzc3dvcmQ6\nC: ****\n"
          "S: 535 5.7.8 user or secret is wrong\n"
          "C: AUTH PLAIN ****\nS: 535 5.7.8 user or secret is wrong\n"
          "C: AUTH PLAIN\nS: 334 \nC: *\nS: 501 5.7.0 authentication given up\n");
}
