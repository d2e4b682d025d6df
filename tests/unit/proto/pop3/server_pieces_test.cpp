#include <doctest/doctest.h>

#include <postrider/codec/dot_stuffing.hpp>

#include "maildrop.hpp"

using namespace postrider;

namespace {

constexpr std::string_view whole_session =
    "CAPA\r\nUTF8\r\nAUTH PLAIN\r\nAHUAcA==\r\nSTAT\r\nLIST\r\nUIDL\r\nRETR 1\r\nTOP 2 1\r\nDELE 2\r\nNOOP\r\nQUIT\r\n";

std::string unstuffed(std::string_view content) {
    codec::dot_unstuffer unstuffer;
    std::vector<std::string_view> pieces;
    CHECK(unstuffer.unstuff(content, pieces));
    CHECK(content.empty());
    std::string octets;
    for (auto const piece : pieces) octets += piece;
    return octets;
}

std::string retrieved(std::string const& octets) {
    maildrop drop;
    drop.kept = {{"x", octets}};
    auto const said = run_pop3(open_to_all(), drop, "USER u\r\nPASS p\r\nRETR 1\r\n").said;
    auto const heading = std::to_string(octets.size()) + " octets\r\n";
    return unstuffed(std::string_view(said).substr(said.find(heading) + heading.size()));
}

}  // namespace

TEST_CASE("how a dialogue is cut changes nothing of it") {
    maildrop drop;
    auto const whole = run_pop3(open_to_all(), drop, whole_session);
    CHECK_FALSE(whole.end);
    CHECK(drop.kept.size() == 1);
    for (std::size_t cut = 1; cut < whole_session.size(); ++cut) {
        maildrop again;
        CHECK(run_pop3(open_to_all(), again, whole_session, cut).said == whole.said);
        CHECK(again.kept == drop.kept);
    }
}

TEST_CASE("a session cut at any octet before its QUIT is whole deletes nothing") {
    for (std::size_t end = 0; end < whole_session.size(); ++end) {
        maildrop drop;
        auto const session = run_pop3(open_to_all(), drop, whole_session.substr(0, end));
        CHECK(session.end == io_errc::end_of_stream);
        CHECK(drop.kept.size() == 2);
    }
}

TEST_CASE("pipelined commands are answered in one write") {
    maildrop drop;
    pop3::server_engine engine(open_to_all(), drop);
    std::string_view client = "USER u\r\nPASS p\r\nSTAT\r\nNOOP\r\n";
    auto next = engine.resume({});
    next = engine.resume({});
    REQUIRE(std::holds_alternative<need_bytes>(next));
    client.copy(std::get<need_bytes>(next).room.data(), client.size());
    next = engine.resume({{}, client.size()});
    REQUIRE(std::holds_alternative<send_bytes>(next));
    CHECK(std::get<send_bytes>(next).pieces.size() == 1);
    CHECK(std::holds_alternative<need_bytes>(engine.resume({})));
}

TEST_CASE("dots come back octet for octet, wherever a piece of the message ends") {
    for (std::string octets : {"", ".", "..", ".\r\n", "a\r\n.\r\n.b\r\n..\r\n", "\r\n.\r\n", "a\r\n\r\n"})
        CHECK(retrieved(octets) == (octets.empty() || octets.ends_with("\r\n") ? octets : octets + "\r\n"));
    std::string large;
    while (large.size() < 3 * limits::file_chunk_octets) large += "..\r\n.\r\nx\r\n";
    for (int shift = 0; shift < 12; ++shift) CHECK(retrieved(large.insert(0, 1, 'x')) == large);
}

TEST_CASE("a lone CR or LF becomes a line end, so that no line of a message passes for its end") {
    CHECK(retrieved("a\n.\nb\r.\rc\r\n") == "a\r\n.\r\nb\r\n.\r\nc\r\n");
}

TEST_CASE("of a long message no more than a piece is handed out at once") {
    maildrop drop;
    drop.kept = {{"x", std::string(4 << 20, 'x')}};
    pop3::server_engine engine(open_to_all(), drop);
    std::string_view client = "USER u\r\nPASS p\r\nRETR 1\r\nQUIT\r\n";
    std::size_t most = 0, writes = 0;
    for (io_done last;;) {
        auto const next = engine.resume(last);
        last = {};
        if (auto const* out = std::get_if<send_bytes>(&next)) {
            std::size_t octets = 0;
            for (auto const piece : out->pieces) octets += piece.size();
            most = std::max(most, octets);
            ++writes;
        } else if (auto const* in = std::get_if<need_bytes>(&next)) {
            last.bytes = client.copy(in->room.data(), client.size());
            client = {};
        } else {
            CHECK_FALSE(std::get<finished>(next).ec);
            break;
        }
    }
    CHECK(most < limits::file_chunk_octets + 100);
    CHECK(writes >= 16);
}
