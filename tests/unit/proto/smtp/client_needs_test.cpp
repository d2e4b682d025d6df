#include <postrider/proto/smtp/delivery_options.hpp>
#include <set>

#include "client_link.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

// What a message needs and the server lacks is said before anything is sent; what the server limits is kept to.

namespace {

/// A server that only answers: 250 to everything, and to EHLO what it is told.
struct yes_server {
    explicit yes_server(std::string extensions) : extensions_(std::move(extensions)) {
        client.begin_greeting();
        REQUIRE_FALSE(run("220 yes\r\n"));
        client.begin_hello();
        REQUIRE_FALSE(run({}));
        said.clear();
    }

    static client_engine::options options() {
        client_engine::options o;
        o.local_hostname = "me.example";
        return o;
    }

    error_code send(post& letters) {
        client.begin_send_all(letters);
        return run({});
    }

    error_code run(std::string to_client) {
        for (io_done last;;) {
            auto const asked = client.resume(last);
            last = {};
            if (auto* end = std::get_if<finished>(&asked)) return end->ec;
            if (auto* out = std::get_if<send_bytes>(&asked)) {
                std::string octets;
                for (auto piece : out->pieces) octets += piece;
                to_client += answers(octets);
            } else {
                auto const& room = std::get<need_bytes>(asked).room;
                REQUIRE_FALSE(to_client.empty());
                auto const count = std::min(room.size(), to_client.size());
                std::copy_n(to_client.begin(), count, room.begin());
                to_client.erase(0, count);
                last = {{}, count};
            }
        }
    }

    std::string answers(std::string octets) {
        std::string all;
        for (std::size_t end; (end = octets.find("\r\n")) != octets.npos; octets.erase(0, end + 2)) {
            auto const line = octets.substr(0, end);
            if (in_content_ && line != ".") continue;
            if (!in_content_) said.push_back(line);
            all += line.starts_with("EHLO") ? "250-yes\r\n250-" + extensions_ + "\r\n250 8BITMIME\r\n"
                   : line == "DATA"         ? "354 go on\r\n"
                                            : "250 2.0.0 yes\r\n";
            in_content_ = line == "DATA";
        }
        return all;
    }

    client_engine client{options()};
    std::vector<std::string> said;

private:
    std::string extensions_;
    bool in_content_ = false;
};

std::string why_not(std::string const& extensions, delivery_options const& wish, bool secure = false) {
    yes_server server(extensions);
    if (secure) server.client.stream_is_secure();
    auto one = to({"a@x"});
    ask_for(wish, one.envelope);
    post letters({one});
    CHECK_FALSE(server.send(letters));
    return letters.outcomes.front() + (server.said.empty() ? "" : ": " + server.said.front());
}

std::vector<std::string> recipients(std::vector<std::string> const& said) {
    std::vector<std::string> all;
    for (auto const& line : said)
        if (line.starts_with("RCPT")) all.push_back(line.substr(8));
    return all;
}

}  // namespace

TEST_CASE("an extension that was asked for and is missing is named, and nothing is sent") {
    delivery_options notify, by, hold, priority, tls;
    notify.notify.on_success = true;
    by.deliver_by = std::chrono::seconds(60);
    hold.hold_for = std::chrono::seconds(60);
    priority.priority = 4;
    tls.require_tls = true;
    for (auto const& wish : {notify, by, hold, priority, tls}) CHECK(why_not("SIZE", wish) == "not_supported");
    CHECK(why_not("DSN", notify) == "accepted: MAIL FROM:<f@x>");
    CHECK(why_not("DELIVERBY 30", by) == "accepted: MAIL FROM:<f@x> BY=60;R");
    CHECK(why_not("FUTURERELEASE 3600 2026-12-31T00:00:00Z", hold) == "accepted: MAIL FROM:<f@x> HOLDFOR=60");
    CHECK(why_not("FUTURERELEASE 30 2026-12-31T00:00:00Z", hold) == "not_supported");
    CHECK(why_not("MT-PRIORITY MIXER", priority) == "accepted: MAIL FROM:<f@x> MT-PRIORITY=4");
    CHECK(why_not("REQUIRETLS", tls) == "not_supported");
    CHECK(why_not("REQUIRETLS", tls, true) == "accepted: MAIL FROM:<f@x> REQUIRETLS");
}

TEST_CASE("LIMITS RCPTMAX: no more recipients are named than the server takes; the others are unsent") {
    yes_server server("LIMITS RCPTMAX=2 MAILMAX=100");
    post letters({to({"a@x", "b@x", "c@x"}), to({"d@x"})});
    CHECK_FALSE(server.send(letters));
    CHECK(recipients(server.said) == std::vector<std::string>{"<a@x>", "<b@x>", "<d@x>"});
    CHECK(letters.reports[0].accepted().size() == 2);
    REQUIRE(letters.reports[0].unsent().size() == 1);
    CHECK(letters.reports[0].unsent()[0].address == "c@x");
}

TEST_CASE("LIMITS RCPTDOMAINMAX: recipients up to the first domain too many, without regard to case") {
    yes_server server("LIMITS RCPTDOMAINMAX=1");
    post letters({to({"a@x.example", "b@X.Example", "c@y.example", "d@x.example"})});
    CHECK_FALSE(server.send(letters));
    CHECK(recipients(server.said) == std::vector<std::string>{"<a@x.example>", "<b@X.Example>"});
    CHECK(letters.reports[0].unsent().size() == 2);
}

TEST_CASE("LIMITS MAILMAX: the run ends with the session's last message, and the session says so") {
    yes_server server("LIMITS MAILMAX=2");
    post letters({to({"a@x"}), to({"b@x"}), to({"c@x"})});
    CHECK_FALSE(server.send(letters));
    CHECK(letters.given() == 2);
    CHECK(server.client.usable());
    CHECK(server.send(letters) == smtp::errc::server_disconnected);
    CHECK(letters.given() == 2);
    CHECK_FALSE(server.client.usable());
}

TEST_CASE("LIMITS: what is no limit limits nothing") {
    for (auto const* limits : {"LIMITS", "LIMITS RCPTMAX", "LIMITS RCPTMAX=0 MAILMAX=x", "LIMITS =1"}) {
        CAPTURE(std::string(limits));
        yes_server server(limits);
        post letters({to({"a@x", "b@x", "c@x"}), to({"d@x"})});
        CHECK_FALSE(server.send(letters));
        CHECK(recipients(server.said).size() == 4);
    }
}
