// A program that sends one message many times, as a user of the library writes it: over one session that blocks, or over
// several at once that are awaited in one thread.
//
//     bench_send_many URL MESSAGES OCTETS RECIPIENTS CONNECTIONS [CA-FILE]
//
// Prints how long the sending took from the greeting to the last reply, and what it cost this process:
//     {"messages":N,"accepted":N,"seconds":S,"cpu_seconds":S,"peak_kib":N}
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <postrider/client/smtp.hpp>
#include <string>

#include "over_many.hpp"

using namespace postrider;

namespace {

class same_message final : public smtp::mail_run {
public:
    same_message(std::size_t messages, std::size_t octets, std::size_t recipients) : left_(messages) {
        message_.envelope.reverse_path = "sender@example.com";
        for (std::size_t i = 0; i < recipients; ++i)
            message_.envelope.forward_paths.push_back({"recipient" + std::to_string(i) + "@example.net", {}});
        message_.wire.append(text(octets));
    }

    std::optional<smtp::addressed_wire> next() override {
        if (left_ == 0) return {};
        --left_;
        return message_;
    }

    bool next_is_at_hand() const noexcept override { return true; }

    void done(smtp::report const& report, std::optional<smtp::failure> const& why) override {
        if (why)
            std::fprintf(stderr, "%s\n", to_string(*why).c_str());
        else
            accepted += report.all_accepted();
    }

    std::size_t accepted = 0;

private:
    static std::string text(std::size_t octets) {
        std::string text =
            "From: sender@example.com\r\nTo: recipient0@example.net\r\nSubject: test\r\n"
            "Date: Sat, 21 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@example.com>\r\n\r\n";
        std::string const line = std::string(70, 'x') + "\r\n";
        while (text.size() + line.size() <= octets) text += line;
        return text.append(octets - std::min(octets, text.size() + 2), 'x') + "\r\n";
    }

    smtp::addressed_wire message_;
    std::size_t left_;
};

double seconds_of(timeval time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

void print(std::size_t messages, std::size_t accepted, double seconds) {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    std::printf("{\"messages\":%zu,\"accepted\":%zu,\"seconds\":%.6f,\"cpu_seconds\":%.6f,\"peak_kib\":%ld}\n",
                messages, accepted, seconds, seconds_of(used.ru_utime) + seconds_of(used.ru_stime), used.ru_maxrss);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 6) return 64;
    auto const messages = std::strtoull(arguments[2], nullptr, 10);
    same_message run(messages, std::strtoull(arguments[3], nullptr, 10), std::strtoull(arguments[4], nullptr, 10));
    smtp::client_options options;
    if (count > 6) options.tls.ca_file = arguments[6];
    auto const connections = std::strtoull(arguments[5], nullptr, 10);
    // So many sessions keep each other busy: what each of them has in the air costs only memory.
    if (connections >= 100) options.messages_ahead = 2;
    auto const begin = std::chrono::steady_clock::now();
    if (connections == 1) {
        smtp::client server(arguments[1], options);
        server.try_send_all(run).value();
        server.quit();
    } else {
        send_over_many(arguments[1], options, run, connections);
    }
    std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - begin;
    print(messages, run.accepted, taken.count());
    return run.accepted == messages ? 0 : 75;
}
