#include <doctest/doctest.h>
#include <postrider/server/async_session.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <optional>

using namespace postrider;
namespace asio = boost::asio;
using socket_type = asio::local::stream_protocol::socket;

namespace {

struct takes_some final : smtp::server_handler {
    smtp::reply rcpt(smtp::envelope const&, smtp::forward_path const& asked) override {
        if (asked.address == "nobody@x") return smtp::reply_of(550, {}, "no such user");
        return smtp::reply_of(250, {}, "ok");
    }
    error_code content(std::string_view) override { return {}; }
    smtp::reply end_content(smtp::envelope const&) override { return smtp::reply_of(250, {}, "ok"); }
};

/// A session at one end of a pair of sockets; the other end is ours.
struct conversation {
    explicit conversation(asio::io_context& on, net::tls_context_ptr tls = nullptr) : io(on), near(on) {
        socket_type far(io);
        asio::local::connect_pair(near, far);
        smtp::server_engine::options options;
        options.offer_starttls = tls != nullptr;
        session.emplace(net::async_stream(std::move(far)), options, handler, std::move(tls));
        asio::co_spawn(io, run(), asio::detached);
    }
    asio::awaitable<void> run() { ended = co_await session->run(timeouts); }
    std::string say(std::string_view octets) {
        asio::write(near, asio::buffer(octets));
        return hear();
    }
    std::string hear() {
        io.run_for(std::chrono::milliseconds(50));
        std::string heard(near.available(), '\0');
        asio::read(near, asio::buffer(heard));
        return heard;
    }

    asio::io_context& io;
    socket_type near;
    takes_some handler;
    net::phase_timeouts timeouts;
    std::optional<server::async_session> session;
    std::optional<error_code> ended;
};

}  // namespace

TEST_CASE("a session goes from greeting to goodbye") {
    asio::io_context io{1};
    conversation talk(io);
    CHECK(talk.hear().starts_with("220 "));
    CHECK(talk.say("EHLO a\r\n").starts_with("250-"));
    CHECK(talk.say("MAIL FROM:<>\r\nRCPT TO:<a@b>\r\n").ends_with("250 2.0.0 ok\r\n"));
    CHECK(talk.say("DATA\r\n").starts_with("354 "));
    CHECK(talk.say(".\r\n").starts_with("250 "));
    CHECK(talk.say("QUIT\r\n").starts_with("221 "));
    REQUIRE(talk.ended);
    CHECK_FALSE(*talk.ended);
}

TEST_CASE("hazard 57: a peer that closes its side after the dot still hears the reply") {
    asio::io_context io{1};
    conversation talk(io);
    talk.say("EHLO a\r\n");
    talk.say("MAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n");
    asio::write(talk.near, asio::buffer(std::string_view("hi\r\n.\r\n")));
    talk.near.shutdown(socket_type::shutdown_send);
    CHECK(talk.hear().starts_with("250 "));
    CHECK(talk.ended);
}

TEST_CASE("hazard 52: a silent peer is told 421 at the deadline of its command") {
    asio::io_context io{1};
    conversation talk(io);
    talk.timeouts = net::phase_timeouts::all(std::chrono::milliseconds(10));
    CHECK(talk.hear().find("421 4.4.2 ") != std::string::npos);
    CHECK(talk.ended);
}

TEST_CASE("a session that is shut down while it waits says 421") {
    asio::io_context io{1};
    conversation talk(io);
    talk.say("EHLO a\r\n");
    talk.session->shut_down("going down");
    CHECK(talk.hear().starts_with("421 4.3.2 "));
    CHECK(talk.ended);
}

TEST_CASE("a connection that ends is the end of its session") {
    asio::io_context io{1};
    conversation talk(io);
    talk.say("EHLO a\r\n");
    talk.near.close();
    talk.io.run_for(std::chrono::milliseconds(50));
    REQUIRE(talk.ended);
    CHECK(*talk.ended == io_errc::end_of_stream);
}

TEST_CASE("hazards 19 and 32: who guesses waits, no other session does, and its own can still be shut down") {
    asio::io_context io{1};
    conversation guesser(io), other(io);
    guesser.hear();
    std::string guesses = "EHLO a\r\nMAIL FROM:<>\r\n";
    for (int i = 0; i < 19; ++i) guesses += "RCPT TO:<nobody@x>\r\n";
    CHECK(guesser.say(guesses) == "");

    CHECK(other.say("EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@x>\r\n").ends_with("550 5.0.0 no such user\r\n"));
    CHECK(other.say("QUIT\r\n").starts_with("221 "));
    CHECK(other.ended);

    CHECK_FALSE(guesser.ended);
    guesser.session->shut_down("going down");
    std::string const heard = guesser.hear();
    CHECK(heard.find("550 5.0.0 no such user\r\n421 4.3.2 ") != std::string::npos);
    CHECK(guesser.ended);
}

TEST_CASE("hazard 24: commands behind STARTTLS in clear are not run, in its segment or in the next") {
    std::string why;
    auto const tls = net::self_signed_server_tls(why).value();
    for (bool in_one_segment : {true, false}) {
        asio::io_context io{1};
        conversation talk(io, tls);
        CHECK(talk.hear().starts_with("220 "));
        CHECK(talk.say("EHLO a\r\n").find("STARTTLS") != std::string::npos);
        std::string heard;
        if (in_one_segment) {
            heard = talk.say("STARTTLS\r\nMAIL FROM:<evil@x>\r\n");
            CHECK(heard.starts_with("421 "));
        } else {
            CHECK(talk.say("STARTTLS\r\n").starts_with("220 "));
            heard = talk.say("MAIL FROM:<evil@x>\r\n");  // which are read as TLS, and are none
        }
        CHECK(heard.find("250") == std::string::npos);
        CHECK(talk.ended);
    }
}
