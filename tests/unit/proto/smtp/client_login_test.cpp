#include <doctest/doctest.h>

#include <postrider/codec/base64.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <stdexcept>
#include <utility>

using namespace postrider;
using namespace postrider::smtp;
using namespace std::string_literals;

namespace {

/// A server that answers each line with the next of its replies, over TLS.
class scripted {
public:
    explicit scripted(std::string offer, std::vector<std::string> to_login)
        : engine_({}), replies_(std::move(to_login)) {
        replies_.insert(replies_.begin(), {"220 mx ESMTP", "250-mx\r\n250 AUTH " + offer});
        engine_.stream_is_secure();
        engine_.begin_greeting();
        drive();
    }

    smtp::failure login(sasl::credentials who, std::vector<std::string> only = {}) {
        engine_.begin_login(std::move(who), false, std::move(only));
        drive();
        return engine_.failure();
    }

    client_engine& engine() { return engine_; }
    std::vector<std::string> const& said() const { return said_; }

private:
    void drive() {
        io_done last;
        for (;;) {
            auto const next = engine_.resume(std::exchange(last, {}));
            if (std::holds_alternative<finished>(next)) return;
            if (auto const* out = std::get_if<send_bytes>(&next)) said_.emplace_back(out->pieces[0]);
            if (auto const* in = std::get_if<need_bytes>(&next)) last = read(in->room);
        }
    }

    io_done read(std::span<char> room) {
        if (unread_.empty() && replies_.empty()) return {io_errc::end_of_stream};
        if (unread_.empty()) {
            unread_ = replies_.front() + "\r\n";
            replies_.erase(replies_.begin());
        }
        auto const count = unread_.copy(room.data(), room.size());
        unread_.erase(0, count);
        return {{}, count};
    }

    client_engine engine_;
    std::vector<std::string> replies_, said_;
    std::string unread_;
};

}  // namespace

TEST_CASE("a challenge that is too long ends the session, whatever the mechanism") {
    for (auto const* mechanism : {"SCRAM-SHA-256", "PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "XOAUTH2"}) {
        CAPTURE(std::string(mechanism));
        scripted server(mechanism, {"334 " + std::string(limits::reply_line_octets, 'A'), "535 no"});
        auto const why = server.login({"tim", "secret", {}}, {mechanism});
        CHECK(why.code == smtp::errc::response_error);
        CHECK_FALSE(server.engine().usable());
    }
}

TEST_CASE("a server that asks on and on is refused, whatever the mechanism") {
    for (auto const* mechanism : {"SCRAM-SHA-256", "PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "XOAUTH2", "EXTERNAL"}) {
        CAPTURE(std::string(mechanism));
        std::vector<std::string> replies(limits::auth_challenges * 2, "334 ");
        replies.push_back("501 given up");
        scripted server(mechanism, replies);
        CHECK(server.login({"tim", "secret", {}}, {mechanism}).code == smtp::errc::authentication_error);
        CHECK(server.said().back() == "*");
        CHECK(server.said().size() <= limits::auth_challenges + 5);
    }
}

TEST_CASE("each login has a nonce of its own") {
    auto const nonce = [] {
        scripted server("SCRAM-SHA-1", {"535 no"});
        server.login({"tim", "secret", {}});
        return server.said().back();
    };
    CHECK(nonce() != nonce());
}

TEST_CASE("a long token waits for the server to ask for it") {
    std::string const token(2000, 'x');
    scripted server("XOAUTH2", {"334 ", "235 ok"});
    CHECK_FALSE(server.login({"tim", token, {}}, {"XOAUTH2"}).code);
    CHECK(server.said()[1] == "AUTH XOAUTH2");
    CHECK(server.said()[2] == codec::encode_base64("user=tim\1auth=Bearer " + token + "\1\1"));
}

TEST_CASE("what a token's source throws passes through, and the session is over") {
    scripted server("XOAUTH2", {});
    sasl::credentials const who{"tim", {}, {}, [](bool) -> result<std::string> { throw std::runtime_error("vault"); }};
    CHECK_THROWS_WITH(server.login(who), "vault");
    CHECK_FALSE(server.engine().usable());
}

TEST_CASE("without a token the login says so, and sends nothing") {
    scripted server("XOAUTH2", {});
    sasl::credentials const who{
        "tim", {}, {}, [](bool) { return result<std::string>(error_code(sasl::errc::no_token)); }};
    auto const why = server.login(who);
    CHECK(why.code == smtp::errc::authentication_error);
    CHECK(why.cause == sasl::errc::no_token);
    CHECK(server.said().size() == 1);
    CHECK(server.engine().usable());
}
