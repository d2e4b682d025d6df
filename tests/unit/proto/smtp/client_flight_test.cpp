#include "client_link.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

// What a client says ahead of its replies, towards the server's engine: how often it waits, how much it dares, and what
// becomes of the messages behind one that fails.

namespace {

std::vector<std::string> many_addresses(int count) {
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i) all.push_back("recipient" + std::to_string(i) + "@example.net");
    return all;
}

std::vector<letter> twenty_four() {
    return std::vector<letter>(24, to({"a@x"}));
}

using outcomes = std::vector<std::string>;

}  // namespace

TEST_CASE("messages that are at hand are written together, those that are waited for each by itself") {
    exchange waiting(everything), together(everything);
    post slow(twenty_four()), quick(twenty_four());
    quick.at_hand = true;
    CHECK_FALSE(waiting.send(slow));
    CHECK_FALSE(together.send(quick));
    CHECK(waiting.writes == 24);
    CHECK(together.writes == 2);
    CHECK(waiting.said_to_server == together.said_to_server);
    CHECK(quick.outcomes == outcomes(24, "accepted"));
}

TEST_CASE("without extensions a message takes four waits, with PIPELINING one, with CHUNKING none") {
    exchange slow(one_by_one), fast(only_pipelining), fastest(everything);
    post first(twenty_four()), second(twenty_four()), third(twenty_four());
    CHECK_FALSE(slow.send(first));
    CHECK_FALSE(fast.send(second));
    CHECK_FALSE(fastest.send(third));
    CHECK(slow.waits == 4 * 24);
    CHECK(fast.waits == 24 + 1);
    CHECK(fastest.waits == 2);
    CHECK(fastest.most_unread <= limits::flight_octets + limits::flight_messages * limits::eager_octets);
    CHECK(slow.server.handler.messages == fast.server.handler.messages);
    CHECK(slow.server.handler.messages == fastest.server.handler.messages);
    CHECK(fast.server.handler.messages.size() == 24);
    CHECK(fast.server.handler.messages[0].content == "Subject: hi\r\n\r\n.hello\r\n");
    CHECK(first.outcomes == outcomes(24, "accepted"));
    CHECK(second.outcomes == outcomes(24, "accepted"));
    CHECK(third.outcomes == outcomes(24, "accepted"));
}

TEST_CASE("a thousand recipients are named in a few flights, none larger than a server has room for") {
    for (auto const& without : {only_pipelining, everything}) {
        exchange talk(without);
        post one({to(many_addresses(1000))});
        CHECK_FALSE(talk.send(one));
        CHECK(talk.most_unread <= limits::flight_octets);
        CHECK(talk.waits < 10);
        REQUIRE(talk.server.handler.messages.size() == 1);
        CHECK(talk.server.handler.messages[0].from_whom_to_whom.forward_paths.size() == 1000);
    }
}

TEST_CASE("a message that fails leaves those behind it alone") {
    for (auto const& without : {one_by_one, only_pipelining, everything}) {
        exchange talk(without);
        talk.server.handler.refused_recipient = "nobody@x";
        auto no_recipient = to({});
        auto smuggler = to({"a@x\r\nDATA"});
        auto exotic = to({"ä@x"});
        exotic.envelope.reverse_path = "a>b@x";
        post letters({to({"a@x"}), to({"nobody@x"}), to({"b@x"}), no_recipient, smuggler, exotic,
                      to({"nobody@x", "c@x"}), to({"nobody@x"})});
        CHECK_FALSE(talk.send(letters));
        CHECK(letters.outcomes == outcomes{"accepted", "recipients_refused", "accepted", "invalid_argument",
                                           "invalid_argument", "invalid_argument", "accepted", "recipients_refused"});
        CHECK(talk.server.handler.messages.size() == 3);
        CHECK(talk.client.usable());
    }
}

TEST_CASE("a message refused at its end leaves the one that rode behind it alone") {
    exchange talk(only_pipelining);
    talk.server.handler.refuse_end = true;
    post letters({to({"a@x"}), to({"b@x"}), to({"c@x"})});
    CHECK_FALSE(talk.send(letters));
    CHECK(letters.outcomes == outcomes(3, "data_error"));
    CHECK(talk.said_to_server.find("RSET") == talk.said_to_server.rfind("RSET"));
    CHECK(talk.said_to_server.ends_with("RSET\r\n"));
}

TEST_CASE("a link that ends leaves one message in doubt, and the one that rode behind it unsent") {
    for (std::size_t cut : {1, 2, 3, 4}) {
        exchange talk(only_pipelining);
        talk.cut_at_wait = cut;
        post letters({to({"a@x"}), to({"b@x"}), to({"c@x"}), to({"d@x"})});
        CHECK(talk.send(letters) == smtp::errc::server_disconnected);
        CHECK_FALSE(talk.client.usable());
        outcomes due(cut - 1 ? cut - 2 : 0, "accepted");
        if (cut > 1) due.push_back("server_disconnected in_doubt");
        due.push_back("server_disconnected");
        CHECK(letters.outcomes == due);
        CHECK(letters.given() == due.size());
        CHECK(talk.server.handler.messages.size() == (cut > 1 ? cut - 2 : 0));
    }
}

TEST_CASE("a message refused at its end leaves the ones in the air behind it alone") {
    exchange talk;
    talk.server.handler.refuse_end = true;
    post letters({to({"a@x"}), to({"b@x"}), to({"c@x"})});
    CHECK_FALSE(talk.send(letters));
    CHECK(letters.outcomes == outcomes(3, "data_error"));
    CHECK(talk.client.usable());
}

TEST_CASE("a link that ends leaves in doubt every message that was in the air") {
    exchange talk;
    talk.cut_at_wait = 1;
    post letters(twenty_four());
    CHECK(talk.send(letters) == smtp::errc::server_disconnected);
    outcomes due(limits::flight_messages, "server_disconnected in_doubt");
    due.push_back("server_disconnected");
    CHECK(letters.outcomes == due);
    CHECK(letters.given() == due.size());
}

TEST_CASE("a large message goes in chunks once somebody takes it, between small ones, and never in vain") {
    exchange talk;
    talk.server.handler.refused_recipient = "nobody@x";
    auto large = to({"a@x"}), refused = to({"nobody@x"});
    std::string canonical = large.content;
    while (large.content.size() < 5'000'000) {
        large.content += "a line of a large message\n.\r\n";
        canonical += "a line of a large message\r\n.\r\n";
    }
    refused.content = large.content;
    post letters({to({"a@x"}), large, refused, to({"b@x"})});
    CHECK_FALSE(talk.send(letters));
    CHECK(letters.outcomes == outcomes{"accepted", "accepted", "recipients_refused", "accepted"});
    REQUIRE(talk.server.handler.messages.size() == 3);
    CHECK(talk.server.handler.messages[1].content == canonical);
    CHECK(talk.most_unread < 16 * limits::file_chunk_octets);
    CHECK(talk.said_to_server.size() < 2 * canonical.size());
}

TEST_CASE("a chunk refused ends its message there and then, and the session goes on") {
    exchange talk;
    talk.server.handler.refuse_begin = true;
    auto large = to({"a@x"});
    large.content.append(10'000'000, 'x');
    post letters({large, to({"b@x"})});
    CHECK_FALSE(talk.send(letters));
    CHECK(letters.outcomes == outcomes(2, "data_error"));
    CHECK(talk.said_to_server.size() < large.content.size() / 2);
    CHECK(talk.client.usable());
}

TEST_CASE("421 in the middle ends the operation, and what was not sent is told") {
    exchange talk(only_pipelining);
    talk.server.handler.close_at_rcpt = true;
    post letters({to({"a@x"}), to({"b@x"})});
    CHECK(talk.send(letters) == smtp::errc::recipients_refused);
    CHECK(letters.outcomes == outcomes{"recipients_refused"});
    CHECK(letters.given() == 1);
}

TEST_CASE("an empty queue says nothing") {
    exchange talk;
    post none({});
    CHECK_FALSE(talk.send(none));
    CHECK(talk.waits == 0);
    CHECK(talk.to_server.empty());
}
