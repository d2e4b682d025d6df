#include <array>
#include <optional>

#include "client_link.hpp"
#include "odd_server.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

// Every class of reply at every step, in each way to hold the dialogue: what the client says of it, whether it goes on,
// and that the next message is right where it does.

namespace {

constexpr std::array steps = {step_of::mail, step_of::rcpt, step_of::data, step_of::chunk, step_of::end};

error_code run(client_engine& client, odd_server& server) {
    for (io_done last;;) {
        auto const asked = client.resume(last);
        last = {};
        if (auto* end = std::get_if<finished>(&asked)) return end->ec;
        if (auto* out = std::get_if<send_bytes>(&asked)) {
            for (auto piece : out->pieces) server.hear(piece);
        } else {
            last = server.give(std::get<need_bytes>(asked));
        }
    }
}

struct way {
    char const* name;
    std::vector<std::string> without;
    bool lmtp = false;
    bool large = false;  ///< more than is sent before the recipients are answered

    bool is_together() const { return without != one_by_one; }
    bool is_in_chunks() const { return without == everything; }
    /// The message is written whole before the first of its replies is heard.
    bool is_eager() const { return is_in_chunks() && !large; }
    bool has(step_of step) const {
        if (step == step_of::data) return !is_in_chunks();
        return step != step_of::chunk || (is_in_chunks() && large);
    }
};

std::vector<way> const ways = {
    {"SMTP, one by one", one_by_one},
    {"SMTP, pipelined", only_pipelining},
    {"SMTP, in chunks", everything},
    {"SMTP, large, in chunks", everything, false, true},
    {"SMTP, large, pipelined", only_pipelining, false, true},
    {"LMTP, one by one", one_by_one, true},
    {"LMTP, pipelined", only_pipelining, true},
    {"LMTP, in chunks", everything, true},
    {"LMTP, large, in chunks", everything, true, true},
};

letter worded(way const& how, std::string const& word, std::vector<std::string> const& whom) {
    auto one = to(whom);
    one.content = "Subject: " + word + "\r\n\r\n" + word + "\r\n";
    if (how.large) one.content += std::string(limits::eager_octets, 'x') + "\r\n";
    return one;
}

struct due {
    char const* became;  ///< "accepted", or the failure's name
    bool in_doubt = false;
    bool goes_on = true;  ///< with the same session
};

/// A link that is no use any more, whatever step it was.
std::optional<due> lost_link(behaviour const& what) {
    if (what.how == behaviour::endless) return due{"response_error", false, false};
    if (what.how == behaviour::closes) return due{"server_disconnected", false, false};
    if (what.how == behaviour::silent) return due{"timeout", false, false};
    return {};
}

/// The last octet was written before the client knew.
bool is_written_whole(way const& how, step_of where, behaviour const& what) {
    if (where == step_of::chunk) return what.how == behaviour::silent;
    return where == step_of::end || how.is_eager();
}

/// The reply to the whole message, or in LMTP to the first recipient of two.
due expected_at_the_end(way const& how, behaviour const& what) {
    if (what.is_garbage() || what.is_class('3')) return {"response_error", true, false};
    if (!how.lmtp) return {"data_error", false, !what.is_421()};
    if (what.is_421()) return {"server_disconnected", true, false};  // of the second recipient nothing was said
    return {"accepted"};
}

due expected(way const& how, step_of where, behaviour const& what) {
    if (auto lost = lost_link(what)) {
        lost->in_doubt = is_written_whole(how, where, what);
        return *lost;
    }
    // Where commands are said together, who answers garbage cannot be told apart from who answers another command.
    bool const is_out_of_step = what.is_garbage() && how.is_together();
    switch (where) {
        case step_of::mail:
            if (is_out_of_step) return {"response_error", how.is_eager(), false};
            return {"sender_refused", false, !what.is_421()};
        case step_of::rcpt:
            if (is_out_of_step) return {"response_error", how.is_eager(), false};
            if (what.is_421()) return {"recipients_refused", false, false};
            return {"accepted"};
        case step_of::data:
            if (is_out_of_step) return {"response_error", false, false};
            return {"data_error", false, what.is_class('4') || what.is_class('5')};
        case step_of::chunk:
            if (what.is_class('2')) return {"accepted"};
            if (is_out_of_step || what.is_class('3')) return {"response_error", false, false};
            return {"data_error", false, !what.is_421()};
        case step_of::end: return expected_at_the_end(how, what);
        case step_of::greeting:
        case step_of::hello: break;
    }
    return {"accepted"};
}

bool is_one_of(std::string const& address, std::vector<std::string> const& all) {
    return std::find(all.begin(), all.end(), address) != all.end();
}

/// Nobody who is told to have it lacks it; nobody to whom a repeat is safe has it.
void check_truth(odd_server const& server, letter const& one, smtp::report const& told) {
    auto const have = server.who_has(one.content);
    for (auto const& recipient : told.recipients) {
        if (recipient.what == outcome::in_doubt) continue;
        CHECK(is_one_of(recipient.address, have) == (recipient.what == outcome::accepted));
    }
}

void check(way const& how, step_of where, behaviour const& what) {
    CAPTURE(how.name);
    CAPTURE(static_cast<int>(where));
    CAPTURE(what.name);
    auto const wanted = expected(how, where, what);
    odd_server server(where, what, how.lmtp);
    client_engine client(exchange::options(how.without, how.lmtp));
    client.begin_greeting();
    REQUIRE_FALSE(run(client, server));

    post first({worded(how, "first", {"a@x", "b@x"})});
    client.begin_send_all(first);
    auto const ended = run(client, server);
    CHECK(first.outcomes.front() == wanted.became + std::string(wanted.in_doubt ? " in_doubt" : ""));
    CHECK(client.usable() == wanted.goes_on);
    CHECK(bool(ended) == !wanted.goes_on);
    check_truth(server, first.letters().front(), first.reports.front());

    if (!wanted.goes_on) return;
    post second({worded(how, "second", {"c@x", "d@x"})});
    client.begin_send_all(second);
    CHECK_FALSE(run(client, server));
    CHECK(second.outcomes.front() == "accepted");
    CHECK(server.who_has(second.letters().front().content) == std::vector<std::string>{"c@x", "d@x"});
}

/// The same in place of the greeting, or to EHLO and LHLO.
void check_opening(step_of where, behaviour const& what, bool lmtp) {
    CAPTURE(static_cast<int>(where));
    CAPTURE(what.name);
    CAPTURE(lmtp);
    odd_server server(where, what, lmtp);
    client_engine client(exchange::options({}, lmtp));
    client.begin_greeting();
    auto ended = run(client, server);
    if (where == step_of::hello) {
        REQUIRE_FALSE(ended);
        client.begin_hello();
        ended = run(client, server);
    }
    auto const lost = lost_link(what);
    bool const is_in_step = where == step_of::hello && !lost && !what.is_421();
    bool const is_session = is_in_step && (!lmtp || what.is_class('2'));  // LMTP has no HELO to try
    CHECK(client.usable() == is_in_step);
    CHECK(bool(ended) == !is_session);
    if (lost) CHECK(std::string(name_of(client.failure().kind())) == lost->became);
    if (is_in_step) CHECK(client.ehlo_extensions().empty());
    if (!is_session && !lost)
        CHECK(client.failure().kind() ==
              (where == step_of::hello ? smtp::errc::helo_error : smtp::errc::connect_error));
    CHECK_FALSE(client.failure().in_doubt);
}

}  // namespace

TEST_CASE("every class of reply at every step: the outcome is exact, and the next message right") {
    for (auto const& how : ways)
        for (auto where : steps)
            for (auto const& what : behaviours)
                if (how.has(where)) check(how, where, what);
}

TEST_CASE("every class of reply in place of the greeting, or to EHLO: no session, or one by HELO") {
    for (auto where : {step_of::greeting, step_of::hello})
        for (auto const& what : behaviours) check_opening(where, what, false);
}

TEST_CASE("every class of reply in place of an LMTP server's greeting, or to LHLO: no session") {
    for (auto where : {step_of::greeting, step_of::hello})
        for (auto const& what : behaviours) check_opening(where, what, true);
}
