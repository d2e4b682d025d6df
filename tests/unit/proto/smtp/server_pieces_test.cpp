#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;
using namespace std::string_literals;

namespace {

struct session_result {
    std::string said, calls;
    std::vector<recorder::message> kept;
    bool operator==(session_result const&) const = default;
};

server_engine::options generous() {
    auto o = server_engine::options();
    o.max_errors = o.max_idle_commands = 0;
    o.offer_auth = o.auth_in_clear = true;
    o.max_message = 200;
    return o;
}

/// `cuts`     where one read ends and the next begins, in order.
session_result run(std::string_view dialogue, std::vector<std::size_t> cuts) {
    server_peer peer(generous());
    std::string said;
    cuts.push_back(dialogue.size());
    for (std::size_t done = 0; auto const cut : cuts) {
        auto const answer = peer.say(dialogue.substr(done, cut - done));
        if (!answer.empty()) said += answer + " | ";
        done = cut;
    }
    peer.hang_up();
    return {said, peer.handler.calls, peer.handler.messages};
}

// Every kind of input that the engine reads, right and wrong.
auto const dialogue =
    "NOOP\r\nEHLO client\r\nAUTH LOGIN\r\ndXNlcg==\r\ncGFzcw==\r\n"
    "MAIL FROM:<a@x> SIZE=3\r\nRCPT TO:<b@x>\r\nRCPT TO:<bad\r\nDATA\r\n"
    "..\r\n.a\r\n\r\n..\r\nline\r\n.\r\n"
    "MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\nbare\n.\r\nx\r.\r\n\r\n.\r\n"
    "FOO\nBAR\nMAIL FROM:<evil@x>\r\nRSET\r\n"
    "MAIL FROM:<>\r\nRCPT TO:<b@x>\r\nBDAT 7\r\n\r\n.\r\na\rBDAT 0\r\nBDAT 3 LAST\r\n\n\r\n"
    "BDAT 4\r\nRSETMAIL FROM:<a@x>\r\nRCPT TO:<c@x>\r\nBDAT 3\r\na\nb"
    "VRFY x\r\n"s +
    "NOOP " + std::string(2100, 'n') + "\r\nNOOP\r\n" + "MAIL FROM:<a@x>\r\nRCPT TO:<c@x>\r\nDATA\r\n" +
    std::string(300, 'y') + "\r\n.\r\nMAIL FROM:<a@x>\r\nRCPT TO:<c@x>\r\nDATA\r\nhalf";

}  // namespace

TEST_CASE("hazard 11: a session in pieces is the same session") {
    auto const whole = run(dialogue, {});
    REQUIRE(whole.kept.size() == 2);
    CHECK(whole.kept[0].content == ".\r\na\r\n\r\n.\r\nline\r\n");
    CHECK(whole.kept[1].content == "\r\n.\r\na\r\n\r\n");
    for (std::size_t cut = 1; cut < dialogue.size(); ++cut) {
        CAPTURE(cut);
        CHECK(run(dialogue, {cut}) == whole);
    }
}

TEST_CASE("hazard 11: a session octet by octet is the same session") {
    std::vector<std::size_t> every_octet;
    for (std::size_t cut = 1; cut < dialogue.size(); ++cut) every_octet.push_back(cut);
    CHECK(run(dialogue, every_octet) == run(dialogue, {}));
}
