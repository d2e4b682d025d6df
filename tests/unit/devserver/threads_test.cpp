#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <postrider/devserver/catch_all.hpp>
#include <set>
#include <thread>
#include <vector>

#include "running.hpp"

/// What may be called from any thread, called from many at once; ThreadSanitizer watches in the build `tsan`.

using namespace postrider;
using devserver::catch_options;
using devserver::catch_server;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr int senders = 4, messages_each = 25, all_messages = senders * messages_each;

catch_options with_pop3() {
    catch_options options;
    options.pop3 = net::endpoint{"127.0.0.1", 0, {}};
    return options;
}

/// Sends `messages_each` messages in one session: "number N" to "bN@example.net".
void send_some(catch_server const& to, int first) {
    dialogue talk(to.smtp());
    talk.reply();
    talk.say("EHLO client.example");
    for (int i = first; i < first + messages_each; ++i) {
        auto const number = std::to_string(i);
        talk.say("MAIL FROM:<me@example.com>");
        talk.say("RCPT TO:<b" + number + "@example.net>");
        talk.say("DATA");
        talk.write("Subject: number " + number + "\r\n\r\nhello\r\n");
        talk.say(".");
    }
    talk.say("QUIT");
}

/// Threads that do something over and over until their holder's scope ends.
class meanwhile {
public:
    explicit meanwhile(std::vector<std::function<void()>> what) {
        for (auto& one : what)
            threads_.emplace_back([this, one = std::move(one)] {
                for (; !ended_; ++rounds_, std::this_thread::sleep_for(milliseconds(1))) one();
            });
    }
    ~meanwhile() {
        ended_ = true;
        for (auto& one : threads_) one.join();
        CHECK(rounds_ >= threads_.size());
    }

private:
    std::atomic<bool> ended_{false};
    std::atomic<std::size_t> rounds_{0};
    std::vector<std::thread> threads_;
};

void all_send(catch_server const& to) {
    std::vector<std::thread> threads;
    for (int i = 0; i < senders; ++i) threads.emplace_back([&to, i] { send_some(to, i * messages_each); });
    for (auto& one : threads) one.join();
}

void read_mail(catch_server const& at) {
    dialogue talk(at.pop3());
    for (auto const* command : {"USER anyone", "PASS any", "STAT", "UIDL", "RETR 1", "QUIT"}) {
        talk.line();
        talk.write(std::string(command) + "\r\n");
    }
    talk.rest();
}

void look(catch_server const& at) {
    for (auto const& mail : at.messages("from:me@example.com")) {
        auto const octets = at.raw(mail.id);
        CHECK((!octets || octets->ends_with("hello\r\n")));
        CHECK((!at.message(mail.id) || mail.subject.starts_with("number ")));
    }
}

void use_the_api(catch_server const& at, std::string const& method, std::string const& target,
                 std::string const& body = {}) {
    auto const fields = "Postrider-Token: " + at.token() + "\r\nContent-Type: application/json\r\n";
    CHECK(ask(at.http(), method, "/api/v1/" + target, fields, body).status == 200);
}

}  // namespace

TEST_CASE("hazard 198: threads send, wait, look and count at once, and each sees what it waits for") {
    running on(with_pop3());
    auto& server = on.server;
    std::atomic<int> found{0};
    std::vector<std::thread> waiting;
    for (int i = 0; i < all_messages; i += 10)
        waiting.emplace_back([&, i] {
            auto const mail = server.wait_for("to:b" + std::to_string(i) + "@example.net", seconds(60));
            found += mail && mail->subject == "number " + std::to_string(i);
        });
    waiting.emplace_back([&] { found += server.wait_for(all_messages, seconds(60)).size() == all_messages; });
    {
        meanwhile others({[&] { look(server); }, [&] { CHECK(server.accepted() <= all_messages); },
                          [&] { CHECK(server.messages().size() <= all_messages); }});
        all_send(server);
        for (auto& one : waiting) one.join();
    }
    CHECK(found == all_messages / 10 + 1);
    CHECK(server.accepted() == all_messages);
    std::set<std::string> recipients;
    for (auto const& mail : server.messages()) recipients.insert(mail.to.at(0));
    CHECK(recipients.size() == all_messages);
}

TEST_CASE("hazard 198: threads clear while others send, ask the API, and read by POP3") {
    running on(with_pop3());
    auto& server = on.server;
    {
        meanwhile others(
            {[&] { server.clear(); }, [&] { look(server); }, [&] { read_mail(server); },
             [&] { use_the_api(server, "GET", "messages?limit=5"); },
             [&] { use_the_api(server, "PATCH", "messages", R"({"query":"number","add_tags":["seen"]})"); },
             [&] { use_the_api(server, "DELETE", "messages?query=subject:7"); },
             [&] { use_the_api(server, "GET", "tags"); }});
        all_send(server);
    }
    CHECK(server.accepted() == all_messages);
    server.clear();
    CHECK(server.messages().empty());
    CHECK(server.wait_for(all_messages, seconds(5)).empty());
}

TEST_CASE("hazard 198: webhooks are told from threads of their own while mail comes") {
    std::atomic<int> told{0};
    catch_options options;
    options.webhooks.urls = {"http://a.example/", "http://b.example/"};
    options.webhooks.post = [&](std::string const&, std::string const& body, auto) {
        told += body.find("number ") != body.npos;
    };
    {
        running on(options);
        all_send(on.server);
    }
    CHECK(told == 2 * all_messages);
}

TEST_CASE("hazard 198: any thread may stop the server while others wait and look") {
    running on(with_pop3());
    auto& server = on.server;
    send_some(server, 0);
    std::vector<std::thread> threads;
    for (int i = 0; i < senders; ++i) {
        threads.emplace_back([&] { CHECK_FALSE(server.wait_for("subject:never", milliseconds(200))); });
        threads.emplace_back([&] { look(server); });
        threads.emplace_back([&] { server.stop(); });
    }
    for (auto& one : threads) one.join();
    CHECK(server.messages().size() == messages_each);
}
