#include <doctest/doctest.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"
#include "client/named.hpp"

namespace asio = boost::asio;
using namespace postrider;
using namespace postrider::test;
using lines = std::vector<std::string>;
using smtp::outcome;

/// A message to more recipients than a server takes at once, and an end at every step of its transactions: by the link,
/// or by the caller.

namespace {

/// In three transactions: a b, c d, e.
mime::message to_five() {
    mime::message mail;
    mail.from("a@here.example").subject("hello").text("hello\n");
    for (auto const* address : {"a@x", "b@x", "c@x", "d@x", "e@x"}) mail.to(address);
    return mail;
}

dialogue two_at_once(lines extensions) {
    dialogue said;
    said.extensions = std::move(extensions);
    said.extensions.push_back("LIMITS RCPTMAX=2");
    return said;
}

lines const ways[] = {{}, {"PIPELINING"}, {"PIPELINING", "CHUNKING"}};

/// The recipients named in transactions whose content the server has to its end.
std::string who_may_have_it(lines const& heard) {
    std::string have, named;
    for (auto const& line : heard) {
        if (line.starts_with("MAIL")) named.clear();
        if (line.starts_with("RCPT TO:<")) named += line[9];
        bool const is_end = line == "." || line.find("hello\r\n") != line.npos;
        if (is_end) have += std::exchange(named, {});
    }
    return have;
}

/// Who is accepted has it, and of who is unsent it was never sent.
void check_truth(smtp::report const& told, lines const& heard) {
    auto const have = who_may_have_it(heard);
    REQUIRE(told.recipients.size() == 5);
    for (auto const& one : told.recipients) {
        CAPTURE(one.address);
        bool const may_have_it = have.find(one.address[0]) != have.npos;
        if (one.what == outcome::accepted) CHECK(may_have_it);
        if (one.what == outcome::unsent) CHECK_FALSE(may_have_it);
        CHECK(one.what != outcome::refused);
    }
}

std::size_t accepted(smtp::report const& told) {
    return told.accepted().size();
}

/// Counts the lines of a dialogue, and says stop behind one of them: while its octets are written, or while those that
/// were read are on their way to who waits for them.
class stop_at final : public trace_sink {
public:
    stop_at(awaiting_client& client, bool by_signal) : client_(client), by_signal_(by_signal) {}

    void count_from_now(std::size_t lines) { left_ = lines; }

    void line(trace_side side, std::string_view) override {
        if (left_-- == 0) asio::post(client_.context(), [this] { stop(); });
        spoke_ |= was_said_ && side == trace_side::client;
        was_answered |= spoke_ && side == trace_side::server;
    }
    bool was_reached() const { return left_ > std::size_t(-1) / 2; }

    bool was_answered = false;  ///< to what the client said after it was told to stop

    asio::cancellation_signal signal;

private:
    void stop() {
        was_said_ = true;
        if (by_signal_)
            signal.emit(asio::cancellation_type::terminal);
        else
            client_.client().cancel();
    }

    awaiting_client& client_;
    std::size_t left_ = std::size_t(-1);
    bool by_signal_, was_said_ = false, spoke_ = false;
};

struct giving_up {
    lines way;
    bool by_signal;  ///< else by cancel()
};

std::vector<giving_up> ways_to_give_up() {
    std::vector<giving_up> all;
    for (auto const& way : ways)
        for (bool by_signal : {false, true}) all.push_back({way, by_signal});
    return all;
}

/// A session that is given up at a line of it, counted from its first verb.
struct doomed_session {
    doomed_session(giving_up const& how, std::size_t last_line)
        : server(two_at_once(how.way)), stop(front, how.by_signal) {
        auto options = named();
        options.trace = &stop;
        REQUIRE(front.connect(server.url(), options));
        stop.count_from_now(last_line);
    }

    mail_server server;
    awaiting_client front;
    stop_at stop;
};

/// A verb that is cancelled by what watches its dialogue; it must come to an end all the same.
template <class Outcome, class Verb>
Outcome run_until(stop_at& stop, awaiting_client& front, Verb verb) {
    std::exception_ptr thrown;
    std::optional<Outcome> outcome;
    auto note = [&](std::exception_ptr e, Outcome what) {
        thrown = e;
        outcome = std::move(what);
    };
    asio::co_spawn(front.context(), std::move(verb), asio::bind_cancellation_slot(stop.signal.slot(), note));
    front.context().restart();
    front.context().run();
    REQUIRE_FALSE(thrown);
    REQUIRE(outcome);
    return *std::move(outcome);
}

}  // namespace

TEST_CASE_TEMPLATE("a link that ends at any step of any round: who has the message is told, and who has not", Front,
                   blocking_client, awaiting_client) {
    for (auto const& way : ways) {
        std::size_t most = 0;
        for (int replies = 2; most < 5; ++replies) {
            CAPTURE(replies);
            REQUIRE(replies < 50);
            auto said = two_at_once(way);
            said.closes_after = replies;
            mail_server server(said);
            Front front;
            REQUIRE(front.connect(server.url(), named()));
            auto const sent = front.send(to_five());
            auto const& told = sent ? *sent : sent.error().report;
            check_truth(told, server.heard());
            if (!sent) CHECK(sent.error().failure.kind() == smtp::errc::server_disconnected);
            CHECK(sent.has_value() == (accepted(told) == 5));
            CHECK(accepted(told) >= most);
            most = accepted(told);
        }
    }
}

TEST_CASE("given up at any step of any round: who has the message is told, and who has not") {
    for (auto const& how : ways_to_give_up()) {
        std::size_t most = 0;
        CAPTURE(how.by_signal);
        for (std::size_t line = 0;; ++line) {
            CAPTURE(line);
            doomed_session session(how, line);
            auto& [server, front, stop] = session;
            auto const sent =
                run_until<smtp::result<smtp::report>>(stop, front, front.client().async_try_send(to_five()));
            auto const& told = sent ? *sent : sent.error().report;
            check_truth(told, server.heard());
            most = std::max(most, accepted(told));
            CHECK_FALSE(stop.was_answered);
            if (!stop.was_reached()) break;
            if (sent) continue;  // given up too late
            CHECK(sent.error().failure.kind() == smtp::errc::cancelled);
            CHECK_FALSE(front.is_connected());
        }
        CHECK(most == 5);
    }
}

TEST_CASE_TEMPLATE("of many messages, one that has got to some of its recipients when the session ends has failed",
                   Front, blocking_client, awaiting_client) {
    auto said = two_at_once({});
    said.extensions.back() += " MAILMAX=1";
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto const all = front.send_all({to_five()});
    REQUIRE(all.size() == 1);
    REQUIRE(all[0].has_error());
    check_truth(all[0].error().report, server.heard());
    CHECK(accepted(all[0].error().report) == 2);
    CHECK(all[0].error().failure.kind() == smtp::errc::server_disconnected);
    CHECK_FALSE(all[0].error().failure.in_doubt);
}

TEST_CASE("given up at any step of many messages: each has its report") {
    for (auto const& how : ways_to_give_up()) {
        CAPTURE(how.by_signal);
        for (std::size_t line = 0;; ++line) {
            CAPTURE(line);
            doomed_session session(how, line);
            auto& [server, front, stop] = session;
            using outcomes = std::vector<smtp::result<smtp::report>>;
            auto const all = run_until<outcomes>(stop, front, front.client().async_send_all({to_five()}));
            REQUIRE(all.size() == 1);
            bool const was_begun = all[0].has_value() || !all[0].error().report.recipients.empty();
            if (was_begun) check_truth(all[0] ? *all[0] : all[0].error().report, server.heard());
            if (all[0].has_value()) CHECK(accepted(*all[0]) == 5);
            CHECK_FALSE(stop.was_answered);
            if (!stop.was_reached()) break;
        }
    }
}
