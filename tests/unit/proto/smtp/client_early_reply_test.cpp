#include "client_link.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

// A server that answers before it has everything, and closes: what it said is not lost with the link.

namespace {

struct early_server {
    std::size_t takes = 0;        ///< octets of content, until it says its word
    std::string word;             ///< empty: it closes without one
    std::string interrupts_with;  ///< what it says at the first octets of content, and takes the others
    io_errc write_error = io_errc::end_of_stream;
    std::string to_client = "220 mx\r\n";
    std::size_t taken = 0;
    bool is_content = false;

    /// Whether the write went well.
    bool hear(send_bytes const& out) {
        std::string octets;
        for (auto piece : out.pieces) octets += piece;
        if (octets.starts_with("EHLO")) to_client += extensions;
        if (out.why != phase::content) {
            for (auto at = octets.find("\r\n"); at != octets.npos; at = octets.find("\r\n", at + 2))
                if (!octets.starts_with("EHLO"))
                    to_client += octets.substr(0, at).ends_with("DATA") ? "354 go\r\n" : "250 ok\r\n";
            return true;
        }
        if (taken == 0) to_client += interrupts_with;
        taken += octets.size();
        if (!interrupts_with.empty()) CHECK(taken < 2 * limits::file_chunk_octets);
        if (taken <= takes) {
            if (octets.find("BDAT") != octets.npos) to_client += "250 ok\r\n";
            return true;
        }
        to_client += word;
        return false;
    }

    std::string extensions = "250 mx\r\n";
};

std::string outcome_of(early_server server, std::size_t content_octets) {
    client_engine client(exchange::options({}, false));
    auto one = to({"a@x"});
    one.content = "Subject: x\r\n\r\n" + std::string(content_octets, '\n');
    post letters({one});
    client.begin_greeting();
    bool sends = false, closed = false;
    for (io_done last;;) {
        auto const asked = client.resume(last);
        last = {};
        if (std::holds_alternative<finished>(asked)) {
            if (sends) break;
            sends = true;
            client.begin_send_all(letters);
        } else if (auto* out = std::get_if<send_bytes>(&asked)) {
            closed = closed || !server.hear(*out);
            if (closed) last = {make_error_code(server.write_error)};
        } else {
            auto const& [room, why, may_wait] = std::get<need_bytes>(asked);
            auto const count = std::min(room.size(), server.to_client.size());
            std::copy_n(server.to_client.begin(), count, room.begin());
            server.to_client.erase(0, count);
            last = {{}, count};
            if (count > 0 || !may_wait) continue;
            REQUIRE(closed);
            last = {io_errc::end_of_stream};
        }
    }
    CHECK_FALSE(client.usable());
    auto const& told = letters.reports.front().recipients.front();
    auto became = letters.outcomes.front();
    if (told.what == outcome::refused) became += " " + to_string(*told.said);
    return became;
}

constexpr std::size_t large = 4 << 20;

}  // namespace

TEST_CASE("a refusal that comes while the content is written is read after the write has failed") {
    for (auto const* extensions : {"250 mx\r\n", "250-mx\r\n250 PIPELINING\r\n"}) {
        early_server server;
        server.extensions = extensions;
        server.takes = 1 << 20;
        server.word = "552 5.3.4 too big\r\n";
        CHECK(outcome_of(server, large) == "data_error 552 5.3.4 too big");
        server.word = "451 4.3.0 disk full\r\n";
        CHECK(outcome_of(server, large) == "data_error 451 4.3.0 disk full");
    }
}

TEST_CASE("a refusal of a chunk is read after the next could not be written") {
    early_server server;
    server.extensions = "250-mx\r\n250-PIPELINING\r\n250 CHUNKING\r\n";
    server.takes = 1 << 20;
    server.word = "552 5.3.4 too big\r\n";
    CHECK(outcome_of(server, large) == "data_error 552 5.3.4 too big");
}

TEST_CASE("a refusal of a chunk that comes at once stops the message, and the session goes on") {
    for (bool lmtp : {false, true}) {
        exchange talk(everything, lmtp);
        talk.answers_at_once = true;
        talk.server.handler.refuse_begin = true;
        auto one = to({"a@x", "b@x"});
        one.content.append(large, 'x');
        post letters({one});
        CHECK_FALSE(talk.send(letters));
        CHECK(letters.outcomes.front() == "data_error");
        CHECK(letters.reports.front().refused().size() == 2);
        CHECK(talk.said_to_server.size() < limits::file_chunk_octets + 1000);
        CHECK(talk.said_to_server.ends_with("RSET\r\n"));
        CHECK(talk.client.usable());

        talk.server.handler.refuse_begin = false;
        post next({to({"a@x"})});
        CHECK_FALSE(talk.send(next));
        CHECK(next.outcomes.front() == "accepted");
        CHECK(talk.server.handler.messages.size() == 1);
    }
}

TEST_CASE("a server that speaks in the midst of what follows DATA is not sent the rest, nor the dot") {
    for (std::string const word :
         {"552 5.3.4 too big\r\n", "354 go on\r\n", "250 got it\r\n", "what?\r\n", "421 bye\r\n"}) {
        CAPTURE(word);
        early_server server;
        server.takes = large;
        server.interrupts_with = word;
        bool const is_no = word.starts_with("552") || word.starts_with("421");
        CHECK(outcome_of(server, large) ==
              (is_no ? "data_error " + word.substr(0, word.size() - 2) : "response_error"));
    }
}

TEST_CASE("without a word, with a yes and behind a timeout of our own the failed write is what is told") {
    early_server server;
    server.takes = 1 << 20;
    CHECK(outcome_of(server, large) == "server_disconnected");
    server.word = "250 ok\r\n";
    CHECK(outcome_of(server, large) == "server_disconnected");
    server.word = "552 5.3.4 too big\r\n";
    server.write_error = io_errc::timed_out;
    CHECK(outcome_of(server, large) == "timeout");
}
