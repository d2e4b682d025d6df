#include "metrics.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace postrider;
using namespace postrider::devserver;

namespace {

struct nobody final : trace_sink {
    void line(trace_side, std::string_view) override { ++lines; }
    int lines = 0;
};

/// What a dialogue counts; "C: " and "S: " begin its lines.
metrics counted(std::vector<std::string> const& dialogue) {
    metrics m;
    nobody listener;
    counting_sink sink(m, listener);
    for (auto const& line : dialogue)
        sink.line(line.starts_with("C") ? trace_side::client : trace_side::server, std::string_view(line).substr(3));
    CHECK(listener.lines == static_cast<int>(dialogue.size()));
    return m;
}

}  // namespace

TEST_CASE("refused recipients are counted, and other refusals are not taken for them") {
    auto const m =
        counted({"S: 220 hi", "C: EHLO x", "S: 250-a", "S: 250 b", "C: MAIL FROM:<no@x>", "S: 550 5.7.1 no",
                 "C: MAIL FROM:<a@x>", "S: 250 ok", "C: rcpt TO:<no@x>", "S: 550-5.1.1 who", "S: 550 5.1.1 is that",
                 "C: RCPT TO:<b@x>", "S: 250 ok", "C: RCPT TO:<slow@x>", "S: 451 later"});
    CHECK(m.recipients_refused == 2);
    CHECK(m.messages_refused == 0);
}

TEST_CASE("a refused message is counted once, at DATA or at its end, by DATA or BDAT") {
    CHECK(counted({"C: DATA", "S: 354 go on", "C: <120 octets>", "S: 552 5.3.4 too big"}).messages_refused == 1);
    CHECK(counted({"C: DATA", "S: 503 no", "C: RSET", "S: 250 ok"}).messages_refused == 1);
    CHECK(counted({"C: BDAT 5 LAST", "C: <5 octets>", "S: 451 later"}).messages_refused == 1);
    CHECK(counted({"C: DATA", "S: 354 go on", "C: RCPT TO:<x>", "S: 250 kept"}).messages_refused == 0);
}

TEST_CASE("logins and TLS are counted by their answers") {
    auto const m = counted({"C: STARTTLS", "S: 220 begin", "C: EHLO x", "S: 250 x", "C: AUTH LOGIN",
                            "S: 334 VXNlcg==", "C: ****", "S: 334 UGFzcw==", "C: ****", "S: 535 5.7.8 wrong",
                            "C: AUTH PLAIN ****", "S: 235 2.7.0 yes", "C: QUIT", "S: 221 bye"});
    CHECK(m.tls_sessions == 1);
    CHECK(m.logins_refused == 1);
    CHECK(m.logins_accepted == 1);
}

TEST_CASE("lines that are no replies count nothing and break nothing") {
    auto const m =
        counted({"C: ", "S: ", "S: 2", "S: 25", "S: abc hello", "S: 250", "C: AUTH", "S: x35 no", "S: 501 no"});
    CHECK(m.logins_refused == 1);
}

TEST_CASE("the page has a kind and a help for each metric") {
    metrics m;
    m.message(1000, false);
    m.message(500, true);
    m.http_responses[404] = 3;
    auto const text = to_text(m, {7, 2, 1, std::chrono::system_clock::time_point(std::chrono::seconds(1'772'368'496))});
    for (auto line :
         {"\npostrider_messages_total{outcome=\"kept\"} 1\n", "\npostrider_messages_total{outcome=\"discarded\"} 1\n",
          "\n# TYPE postrider_message_octets_total counter\npostrider_message_octets_total 1500\n",
          "\npostrider_http_responses_total{code=\"404\"} 3\n", "\npostrider_stored_messages 7\n",
          "\npostrider_fault_rules 1\n", "\npostrider_process_start_time_seconds 1772368496\n"}) {
        INFO(line);
        CHECK(text.find(line) != text.npos);
    }
}
