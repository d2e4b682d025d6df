#include <doctest/doctest.h>
#include <algorithm>
#include <functional>
#include <postrider/core/error.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>

using namespace postrider;
using namespace postrider::smtp;

// What transcripts cannot say well: endless peers, large contents, and the engine as an object.

namespace {

/// A server that answers each write, however it likes, and a driver in one.
struct conversation {
    client_engine engine;
    std::function<std::string(std::string const& written)> server;
    std::string to_client = "220 hi\r\n";
    std::string written;
    std::size_t largest_write = 0;

    explicit conversation(client_engine::options o = {}) : engine(std::move(o)) {}

    error_code run() {
        io_done last;
        for (;;) {
            auto const asked = engine.resume(last);
            last = {};
            if (auto* end = std::get_if<finished>(&asked)) return end->ec;
            if (auto* out = std::get_if<send_bytes>(&asked)) take(*out);
            if (auto* in = std::get_if<need_bytes>(&asked)) last = give(*in);
        }
    }

    void take(send_bytes const& out) {
        std::string now;
        for (auto piece : out.pieces) now += piece;
        largest_write = std::max(largest_write, now.size());
        written += now;
        if (server) to_client += server(now);
    }

    io_done give(need_bytes const& in) {
        if (to_client.empty()) return in.may_wait ? io_done{io_errc::end_of_stream} : io_done{};
        auto const count = std::min(in.room.size(), to_client.size());
        std::copy_n(to_client.begin(), count, in.room.begin());
        to_client.erase(0, count);
        return {{}, count};
    }

    void greet() {
        engine.begin_greeting();
        REQUIRE_FALSE(run());
    }
};

/// Takes everything.
std::string agreeable(std::string const& written) {
    if (written.starts_with("DATA")) return "354 go on\r\n";
    auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    bool const is_command = written.size() > 4 && std::all_of(written.begin(), written.begin() + 4, is_capital);
    return is_command || written.ends_with("\r\n.\r\n") ? "250 ok\r\n" : "";
}

std::shared_ptr<envelope const> to_one() {
    return std::make_shared<envelope>(envelope{"f@x", {{"a@x", {}}}, {}});
}

}  // namespace

TEST_CASE("hazard 73: a reply without end closes the session, and memory stays at the limit") {
    conversation c;
    c.greet();
    std::size_t given = 0;
    c.server = [](auto&) { return std::string("250-more\r\n"); };
    c.engine.begin_command("NOOP");
    io_done last;
    for (;;) {
        auto const asked = c.engine.resume(last);
        last = {};
        if (std::holds_alternative<finished>(asked)) break;
        if (auto* in = std::get_if<need_bytes>(&asked)) {
            std::string_view const line = "250-more\r\n";
            std::copy(line.begin(), line.end(), in->room.begin());
            last.bytes = line.size();
            given += line.size();
        }
    }
    CHECK(given <= limits::reply_total_octets + 10);
    CHECK(c.engine.failure().kind() == smtp::errc::response_error);
    CHECK(c.engine.failure().said->code == 500);
    CHECK_FALSE(c.engine.usable());
}

TEST_CASE("a reply line too long closes the session with the code that smtplib has for it") {
    conversation c;
    c.greet();
    c.server = [](auto&) { return "250 " + std::string(10'000, 'x') + "\r\n"; };
    c.engine.begin_command("NOOP");
    CHECK(c.run() == smtp::errc::response_error);
    CHECK(to_string(*c.engine.failure().said) == "500 Line too long.");
    CHECK_FALSE(c.engine.usable());
}

TEST_CASE("hazard 73: a reply too long behind the final dot leaves the message in doubt") {
    conversation c;
    c.greet();
    c.server = [](std::string const& written) {
        return written.ends_with("\r\n.\r\n") ? "250 " + std::string(10'000, 'x') : agreeable(written);
    };
    view_reader content("hello\r\n");
    c.engine.begin_send({to_one(), &content});
    CHECK(c.run() == smtp::errc::response_error);
    CHECK(c.engine.failure().in_doubt);
    CHECK(c.engine.report().in_doubt());
}

TEST_CASE("a server that challenges on and on is refused") {
    conversation c;
    c.greet();
    std::size_t challenges = 0;
    c.server = [&](std::string const& written) -> std::string {
        if (written.starts_with("EHLO")) return "250-mx\r\n250 AUTH LOGIN\r\n";
        if (written == "*\r\n") return "501 cancelled\r\n";
        ++challenges;
        return "334 UGFzc3dvcmQ6\r\n";
    };
    c.engine.begin_login({"u", "p", {}}, true);
    CHECK(c.run() == smtp::errc::authentication_error);
    CHECK(challenges <= limits::auth_challenges + 1);
    CHECK(c.written.ends_with("*\r\n"));
    CHECK(c.engine.usable());
    CHECK_FALSE(c.engine.authenticated());
}

TEST_CASE("an initial response too long for a command line waits for its challenge") {
    conversation c;
    c.greet();
    c.server = [](std::string const& written) -> std::string {
        if (written.starts_with("EHLO")) return "250-mx\r\n250 AUTH PLAIN\r\n";
        return written == "AUTH PLAIN\r\n" ? "334 \r\n" : "235 ok\r\n";
    };
    c.engine.begin_login({"u", std::string(600, 'p'), {}}, true);
    CHECK_FALSE(c.run());
    CHECK(c.engine.authenticated());
}

TEST_CASE("large content goes out in writes of bounded size and arrives whole") {
    conversation c;
    c.greet();
    c.server = agreeable;
    std::string line = "." + std::string(60, 'x') + "\r\n";
    std::string content, stuffed;
    while (content.size() < 3'000'000) content += line, stuffed += '.' + line;
    view_reader reader(content);
    c.engine.begin_send({to_one(), &reader});
    CHECK_FALSE(c.run());
    CHECK(c.largest_write < 2 * limits::file_chunk_octets);
    CHECK(c.written.ends_with("DATA\r\n" + stuffed + ".\r\n"));
    CHECK(c.engine.report().size == content.size());
}

TEST_CASE("content is not copied on its way out") {
    conversation c;
    c.greet();
    std::string const octets = "Subject: hi\r\n\r\n" + std::string(1000, 'x') + "\r\n";
    view_reader reader(octets);
    c.server = agreeable;
    c.engine.begin_send({to_one(), &reader});
    io_done last;
    bool seen = false;
    for (;;) {
        auto const asked = c.engine.resume(last);
        last = {};
        if (std::holds_alternative<finished>(asked)) break;
        if (auto* out = std::get_if<send_bytes>(&asked)) {
            seen |= out->why == phase::content && out->pieces[0].data() == octets.data();
            c.take(*out);
        } else {
            last = c.give(std::get<need_bytes>(asked));
        }
    }
    CHECK(seen);
}

TEST_CASE("content that is not as long as it promised is never ended as if it were whole") {
    struct liar final : octet_reader {
        explicit liar(std::uint64_t promised) : promised_(promised) {}
        std::uint64_t size() const noexcept override { return promised_; }
        error_code next(std::vector<std::string_view>& pieces, std::size_t) override {
            pieces.clear();
            if (!std::exchange(done_, true)) pieces.push_back("hello\r\n");
            return {};
        }
        std::uint64_t promised_;
        bool done_ = false;
    };
    for (std::uint64_t promised : {3, 100}) {
        conversation c;
        c.greet();
        c.server = agreeable;
        liar content(promised);
        c.engine.begin_send({to_one(), &content});
        CHECK(c.run() == smtp::errc::content_error);
        CHECK_FALSE(c.written.ends_with(".\r\n"));
        CHECK_FALSE(c.engine.usable());
        CHECK(c.engine.report().unsent().size() == 1);
        CHECK(c.engine.failure().cause == postrider::errc::source_changed);
    }
}

TEST_CASE("an operation left in the middle ends the session") {
    conversation c;
    c.greet();
    c.engine.begin_command("NOOP");
    CHECK(std::holds_alternative<send_bytes>(c.engine.resume({})));
    c.engine.begin_rset();
    CHECK(c.run() == smtp::errc::server_disconnected);
    CHECK(c.written.empty());
}

TEST_CASE("an operation that was never begun sends nothing") {
    conversation c;
    c.greet();
    c.engine.begin_command("NOOP");
    c.engine.begin_quit();
    c.server = [](auto&) { return "221 bye\r\n"; };
    CHECK_FALSE(c.run());
    CHECK(c.written == "QUIT\r\n");
    CHECK(c.run() == error_code());
}

TEST_CASE("an engine can be moved in the middle of an operation") {
    conversation c;
    c.engine.begin_greeting();
    auto const asked = c.engine.resume({});
    auto moved = std::move(c.engine);
    auto const got = c.give(std::get<need_bytes>(asked));
    CHECK(std::holds_alternative<finished>(moved.resume(got)));
    CHECK(moved.usable());
}

TEST_CASE("a closed stream can be followed by a new session, which knows nothing of the old one") {
    conversation c;
    c.engine.stream_is_secure();
    c.greet();
    c.server = agreeable;
    c.engine.begin_hello();
    CHECK_FALSE(c.run());
    CHECK(c.engine.does_esmtp());
    c.engine.stream_closed();
    CHECK_FALSE(c.engine.usable());
    CHECK_FALSE(c.engine.secure());
    c.to_client = "220 hi again\r\n";
    c.greet();
    CHECK(c.engine.usable());
    CHECK_FALSE(c.engine.does_esmtp());
    CHECK_FALSE(c.engine.said_hello());
}

TEST_CASE("what the driver knows of a failure becomes part of its detail") {
    conversation c;
    c.engine.begin_greeting();
    CHECK(std::holds_alternative<need_bytes>(c.engine.resume({})));
    c.engine.io_detail("connection reset by peer");
    CHECK(std::holds_alternative<finished>(c.engine.resume({std::make_error_code(std::errc::connection_reset)})));
    CHECK(c.engine.failure().detail == "connection reset by peer; try again later");
    CHECK(c.engine.failure().cause == std::errc::connection_reset);
}

TEST_CASE("the caller's cancelling is told apart from the network's failing") {
    conversation c;
    c.engine.begin_greeting();
    CHECK(std::holds_alternative<need_bytes>(c.engine.resume({})));
    CHECK(std::get<finished>(c.engine.resume({io_errc::cancelled})).ec == smtp::errc::cancelled);
}

TEST_CASE("hazard 85: the trace has whole lines, content as its size, and no secret") {
    struct sink final : trace_sink {
        void line(trace_side side, std::string_view text) override {
            lines += side == trace_side::client ? "C: " : "S: ";
            lines += std::string(text) + '\n';
        }
        std::string lines;
    } trace;
    client_engine::options o;
    o.local_hostname = "me.example";
    o.trace = &trace;
    conversation c(o);
    c.greet();
    c.server = [](std::string const& written) -> std::string {
        if (written.starts_with("EHLO")) return "250-mx\r\n250 AUTH LOGIN\r\n";
        if (written.starts_with("AUTH")) return "334 UGFzc3dvcmQ6\r\n";
        return written.size() == 6 ? "235 ok\r\n" : agreeable(written);
    };
    c.engine.begin_login({"u", "p", {}}, true);
    CHECK_FALSE(c.run());
    c.server = agreeable;
    view_reader content("hello\r\n");
    c.engine.begin_send({to_one(), &content});
    CHECK_FALSE(c.run());
    CHECK(trace.lines ==
          "S: 220 hi\nC: EHLO me.example\nS: 250-mx\nS: 250 AUTH LOGIN\nC: AUTH LOGIN ****\nS: 334 UGFzc3dvcmQ6\n"
          "C: ****\nS: 235 ok\nC: MAIL FROM:<f@x>\nS: 250 ok\nC: RCPT TO:<a@x>\nS: 250 ok\nC: DATA\nS: 354 go on\n"
          "C: [7 octets]\nC: .\nS: 250 ok\n");
}
