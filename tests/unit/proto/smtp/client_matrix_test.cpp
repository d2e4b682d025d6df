#include <array>
#include <optional>

#include "client_link.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

// Every class of reply at every step, in each way to hold the dialogue: what the client says of it, whether it goes on,
// and that the next message is right where it does.

namespace {

enum class step_of { greeting, hello, mail, rcpt, data, end };
constexpr std::array steps = {step_of::mail, step_of::rcpt, step_of::data, step_of::end};

struct behaviour {
    char const* name;
    char const* reply;  ///< empty where there is none
    enum kind { says, says_and_closes, endless, closes, silent } how = says;
    bool is_a_reply() const { return how == says || how == says_and_closes; }
};

constexpr std::array behaviours = {
    behaviour{"2xx", "299 odd"},
    behaviour{"3xx", "355 odd"},
    behaviour{"4xx", "450 4.2.1 later"},
    behaviour{"421", "421 4.3.2 going", behaviour::says_and_closes},
    behaviour{"5xx", "550 5.7.1 no"},
    behaviour{"garbage", "what is that"},
    behaviour{"endless line", "x", behaviour::endless},
    behaviour{"endless reply", "250-and\r\n", behaviour::endless},
    behaviour{"close", "", behaviour::closes},
    behaviour{"silence", "", behaviour::silent},
};

/// A server that keeps to the order of things, and once answers a step as it is told.
class odd_server {
public:
    odd_server(step_of where, behaviour const& what) : where_(where), what_(what) { say(step_of::greeting, "220 mx"); }

    void hear(std::string_view octets) {
        unread_ += octets;
        while (!stopped_ && (reads_content_ ? read_content() : read_command())) {
        }
    }

    io_done give(std::span<char> room) {
        if (said_.empty() && stopped_ && what_.how == behaviour::endless) said_ = what_.reply;
        if (said_.empty()) {
            REQUIRE(stopped_);
            return {what_.how == behaviour::silent ? io_errc::timed_out : io_errc::end_of_stream};
        }
        auto const count = std::min(room.size(), said_.size());
        std::copy_n(said_.begin(), count, room.begin());
        said_.erase(0, count);
        return {{}, count};
    }

    /// Who has the message whose content that is.
    std::vector<std::string> who_has(std::string const& content) const {
        for (auto const& [what, whom] : messages_)
            if (what == content) return whom;
        return {};
    }

private:
    /// Whether the step went well.
    bool say(step_of step, std::string const& usual) {
        bool const is_odd = step == where_ && !was_odd_;
        if (!is_odd) return said_ += usual + "\r\n", true;
        was_odd_ = true;
        if (what_.is_a_reply()) said_ += std::string(what_.reply) + "\r\n";
        stopped_ = what_.how != behaviour::says;
        return false;
    }

    bool read_command() {
        auto const end = unread_.find("\r\n");
        if (end == unread_.npos) return false;
        auto const line = unread_.substr(0, end);
        if (line.starts_with("BDAT ") && unread_.size() < end + 2 + std::stoul(line.substr(5))) return false;
        unread_.erase(0, end + 2);
        obey(line);
        return true;
    }

    void obey(std::string const& line) {
        auto const is = [&](std::string_view verb) { return line.starts_with(verb); };
        if (is("EHLO")) {
            say(step_of::hello, "250-mx\r\n250-PIPELINING\r\n250 CHUNKING");
        } else if (is("MAIL")) {
            has_sender_ = say(step_of::mail, "250 ok");
        } else if (is("RCPT")) {
            if (!has_sender_) return refuse();
            if (say(step_of::rcpt, "250 ok")) whom_.push_back(line.substr(9, line.size() - 10));
        } else if (is("DATA")) {
            if (whom_.empty()) return refuse();
            reads_content_ = say(step_of::data, "354 go on");
        } else if (is("BDAT ")) {
            auto const size = std::stoul(line.substr(5));
            take(unread_.substr(0, size));
            unread_.erase(0, size);
        } else {
            reset();
            said_ += "250 ok\r\n";  // RSET, HELO
        }
    }

    bool read_content() {
        auto const end = unread_.starts_with(".\r\n") ? 0 : unread_.find("\r\n.\r\n") + 2;
        if (end == 1) return false;  // npos + 2
        reads_content_ = false;
        auto const content = unread_.substr(0, end);
        unread_.erase(0, end + 3);
        take(content);
        return true;
    }

    void take(std::string content) {
        if (whom_.empty()) return refuse();
        if (say(step_of::end, "250 queued")) messages_.emplace_back(std::move(content), whom_);
        reset();
    }

    void refuse() { said_ += "503 5.5.1 order\r\n"; }
    void reset() {
        has_sender_ = false;
        whom_.clear();
    }

    step_of where_;
    behaviour what_;
    bool was_odd_ = false, stopped_ = false, has_sender_ = false, reads_content_ = false;
    std::string unread_, said_;
    std::vector<std::string> whom_;
    std::vector<std::pair<std::string, std::vector<std::string>>> messages_;
};

error_code run(client_engine& client, odd_server& server) {
    for (io_done last;;) {
        auto const asked = client.resume(last);
        last = {};
        if (auto* end = std::get_if<finished>(&asked)) return end->ec;
        if (auto* out = std::get_if<send_bytes>(&asked)) {
            for (auto piece : out->pieces) server.hear(piece);
        } else {
            last = server.give(std::get<need_bytes>(asked).room);
        }
    }
}

struct way {
    char const* name;
    std::vector<std::string> without;
};
std::vector<way> const ways = {{"one by one", one_by_one}, {"pipelined", only_pipelining}, {"in chunks", everything}};

letter worded(std::string const& word, std::vector<std::string> const& whom) {
    auto one = to(whom);
    one.content = "Subject: " + word + "\r\n\r\n" + word + "\r\n";
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

/// Where commands are said together, who answers garbage cannot be told apart from who answers another command.
bool is_garbage(behaviour const& what) {
    return std::string_view(what.name) == "garbage";
}

due expected(way const& how, step_of where, behaviour const& what) {
    bool const together = how.without != one_by_one, in_chunks = how.without == everything;
    bool const is_421 = what.how == behaviour::says_and_closes;
    bool const is_3xx = what.reply[0] == '3', is_2xx = what.is_a_reply() && what.reply[0] == '2';
    if (auto lost = lost_link(what)) {
        lost->in_doubt = where == step_of::end || in_chunks;  // a chunk is written whole before the first reply
        return *lost;
    }
    switch (where) {
        case step_of::mail:
            if (is_garbage(what) && together) return {"response_error", in_chunks, false};
            return {"sender_refused", false, !is_421};
        case step_of::rcpt:
            if (is_garbage(what) && together) return {"response_error", in_chunks, false};
            if (is_421) return {"recipients_refused", false, false};
            return {"accepted"};
        case step_of::data:
            if (is_garbage(what) && together) return {"response_error", false, false};
            return {"data_error", false, !is_421 && !is_2xx && !is_3xx && !is_garbage(what)};
        case step_of::end:
            if (is_garbage(what) || is_3xx) return {"response_error", true, false};
            return {"data_error", false, !is_421};
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

}  // namespace

TEST_CASE("every class of reply at every step: the outcome is exact, and the next message right") {
    for (auto const& how : ways)
        for (auto where : steps)
            for (auto const& what : behaviours) {
                if (where == step_of::data && how.without == everything) continue;  // there is no DATA
                CAPTURE(how.name);
                CAPTURE(static_cast<int>(where));
                CAPTURE(what.name);
                auto const wanted = expected(how, where, what);
                odd_server server(where, what);
                client_engine client(exchange::options(how.without, false));
                client.begin_greeting();
                REQUIRE_FALSE(run(client, server));

                post first({worded("first", {"a@x", "b@x"})});
                client.begin_send_all(first);
                auto const ended = run(client, server);
                CHECK(first.outcomes.front() == wanted.became + std::string(wanted.in_doubt ? " in_doubt" : ""));
                CHECK(client.usable() == wanted.goes_on);
                CHECK(bool(ended) == !wanted.goes_on);
                check_truth(server, first.letters().front(), first.reports.front());

                if (!wanted.goes_on) continue;
                post second({worded("second", {"c@x", "d@x"})});
                client.begin_send_all(second);
                CHECK_FALSE(run(client, server));
                CHECK(second.outcomes.front() == "accepted");
                CHECK(server.who_has(second.letters().front().content) == std::vector<std::string>{"c@x", "d@x"});
            }
}

TEST_CASE("every class of reply in place of the greeting, or to EHLO: no session, or one by HELO") {
    for (auto where : {step_of::greeting, step_of::hello})
        for (auto const& what : behaviours) {
            CAPTURE(static_cast<int>(where));
            CAPTURE(what.name);
            odd_server server(where, what);
            client_engine client(exchange::options({}, false));
            client.begin_greeting();
            auto ended = run(client, server);
            if (where == step_of::hello) {
                REQUIRE_FALSE(ended);
                client.begin_hello();
                ended = run(client, server);
            }
            auto const lost = lost_link(what);
            bool const is_421 = what.how == behaviour::says_and_closes;
            bool const goes_on = where == step_of::hello && !lost && !is_421;
            CHECK(client.usable() == goes_on);
            CHECK(bool(ended) == !goes_on);
            if (lost) CHECK(std::string(name_of(client.failure().kind())) == lost->became);
            if (goes_on) CHECK(client.ehlo_extensions().empty());
            if (!goes_on && !lost)
                CHECK(client.failure().kind() ==
                      (where == step_of::hello ? smtp::errc::helo_error : smtp::errc::connect_error));
            CHECK_FALSE(client.failure().in_doubt);
        }
}
