#pragma once
#include <algorithm>
#include <limits>
#include <memory>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>
#include <utility>
#include <vector>

#include "server_fixture.hpp"

/// A client's engine and a server's, and a link between them that can be cut.
namespace postrider::smtp::testing {

struct letter {
    smtp::envelope envelope;
    std::string content = "Subject: hi\r\n\r\n.hello\r\n";
};

inline letter to(std::vector<std::string> const& addresses) {
    letter one;
    one.envelope.reverse_path = "f@x";
    for (auto const& address : addresses) one.envelope.forward_paths.push_back({address, {}});
    return one;
}

/// Letters, and what became of each: "accepted", "recipients_refused", ...
class post final : public message_queue {
public:
    explicit post(std::vector<letter> letters) : letters_(std::move(letters)) {}

    std::optional<outgoing_message> next() override {
        if (given_ == letters_.size()) return {};
        auto& one = letters_[given_++];
        readers_.push_back(std::make_unique<view_reader>(one.content));
        return outgoing_message{std::make_shared<envelope>(one.envelope), readers_.back().get()};
    }
    void done(smtp::report report, std::optional<smtp::failure> const& why) override {
        std::string became = why ? name_of(why->kind()) : "accepted";
        if (report.in_doubt()) became += " in_doubt";
        outcomes.push_back(became);
        reports.push_back(std::move(report));
    }

    bool next_is_at_hand() const noexcept override { return at_hand; }

    bool at_hand = false;
    std::size_t given() const noexcept { return given_; }
    std::vector<letter> const& letters() const noexcept { return letters_; }
    std::vector<std::string> outcomes;
    std::vector<smtp::report> reports;

private:
    std::vector<letter> letters_;
    std::vector<std::unique_ptr<view_reader>> readers_;
    std::size_t given_ = 0;
};

// The ways to hold the dialogue, by what is taken as not offered.
inline std::vector<std::string> const everything{};
inline std::vector<std::string> const only_pipelining{"CHUNKING"};
inline std::vector<std::string> const one_by_one{"PIPELINING", "CHUNKING"};

struct exchange {
    explicit exchange(std::vector<std::string> without = {}, bool lmtp = false)
        : server(server_options(lmtp)), client(options(std::move(without), lmtp)) {
        to_client = wire(server.say(""));
        client.begin_greeting();
        REQUIRE_FALSE(run());
        client.begin_hello();
        REQUIRE_FALSE(run());
        waits = writes = 0;
        to_client_done = to_server_done = 0;
    }

    static client_engine::options options(std::vector<std::string> without, bool lmtp) {
        client_engine::options o;
        o.local_hostname = "me.example";
        o.ignored_extensions = std::move(without);
        o.lmtp = lmtp;
        return o;
    }

    static server_engine::options server_options(bool lmtp) {
        auto o = relaxed();
        o.lmtp = lmtp;
        return o;
    }

    static std::string wire(std::string answers) {
        for (auto bar = answers.find(" | "); bar != answers.npos; bar = answers.find(" | "))
            answers.replace(bar, 3, "\r\n");
        return answers.empty() ? answers : answers + "\r\n";
    }

    error_code send(post& letters) {
        client.begin_send_all(letters);
        return run();
    }

    error_code run() {
        for (io_done last;;) {
            auto const asked = client.resume(last);
            last = {};
            if (auto* end = std::get_if<finished>(&asked)) return end->ec;
            if (auto* out = std::get_if<send_bytes>(&asked)) {
                last = take(*out);
            } else {
                last = give(std::get<need_bytes>(asked));
            }
        }
    }

    io_done take(send_bytes const& out) {
        ++writes;
        for (auto piece : out.pieces) to_server += piece;
        most_unread = std::max(most_unread, to_server.size());
        auto const room = write_fails_at - std::min(write_fails_at, to_server_done);
        if (to_server.size() <= room) {
            if (answers_at_once) deliver();
            return {};
        }
        to_server.resize(room);
        deliver();
        server.hang_up();
        return {std::make_error_code(std::errc::connection_reset)};
    }

    /// The client waits only when nothing is left of what the server said before: then everything crosses the link.
    io_done give(need_bytes const& in) {
        if (to_client.empty() && !in.may_wait) return {};
        if (to_client.empty()) {
            ++waits;
            if (waits == cut_at_wait) return {io_errc::end_of_stream};
            deliver();
        }
        auto const count = std::min({in.room.size(), to_client.size(), to_client_ends_at - to_client_done});
        if (count == 0) return {io_errc::end_of_stream};
        std::copy_n(to_client.begin(), count, in.room.begin());
        to_client.erase(0, count);
        to_client_done += count;
        return {{}, count};
    }

    void deliver() {
        auto const said = std::exchange(to_server, {});
        said_to_server += said;
        auto const count = std::min(said.size(), to_server_ends_at - to_server_done);
        to_server_done += count;
        to_client += wire(server.say(std::string_view(said).substr(0, count)));
        if (count < said.size() && !server.finished()) server.hang_up();
    }

    server_peer server;
    client_engine client;
    std::string to_client, to_server, said_to_server;
    bool answers_at_once = false;  ///< else when the client waits for it
    std::size_t waits = 0, writes = 0, most_unread = 0, cut_at_wait = 0;

    // How many octets cross in each direction, once the session is open.
    std::size_t to_client_done = 0, to_server_done = 0;
    std::size_t to_client_ends_at = std::numeric_limits<std::size_t>::max(), to_server_ends_at = to_client_ends_at;
    std::size_t write_fails_at = to_client_ends_at;  // at the octet behind so many of the client's
};

}  // namespace postrider::smtp::testing
