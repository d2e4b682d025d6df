// An SMTP server that takes everything and keeps nothing, as fast as one thread can: what clients are measured against.
// It offers PIPELINING, CHUNKING, 8BITMIME, SMTPUTF8 and SIZE.
//
//     bench_sink [--port N] [--no-pipelining] [--no-chunking] [--delay MICROSECONDS] [--starttls PEM | --tls PEM]
//
// --delay   sleeps before each batch of replies: a pretended round trip, for one connection at a time
// PEM       where its self-signed certificate is written
//
// It prints the port it listens on, on 127.0.0.1, and at SIGTERM what it has taken.
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include "conversation.hpp"
#include "link.hpp"

namespace sink {
namespace {

constexpr std::size_t room_octets = 64 * 1024;

volatile std::sig_atomic_t asked_to_end = 0;

struct options {
    int port = 0;
    unsigned delay = 0;
    offer what;
    char const* certificate = nullptr;
    bool tls_at_once = false;
};

/// What came and could not be understood yet stands in `left_`: for many idle connections it is empty.
class connection {
public:
    connection(int socket, options const& o, SSL_CTX* tls, counters& count)
        : link_(socket), talk_(o.what, count), delay_(o.delay), tls_(tls) {
        if (o.tls_at_once) link_.start_tls(tls);
        talk_.greet();
    }

    int socket() const noexcept { return link_.socket(); }
    std::uint32_t events = EPOLLIN;

    /// Does what can be done. What it waits for, or to_close.
    link::wish go_on(std::span<char> room) {
        for (;;) {
            if (auto const wish = write(); wish != link::wish::nothing) return wish;
            if (talk_.is_over()) return link::wish::to_close;
            if (std::exchange(is_drained_, false)) return link::wish::to_read;
            if (talk_.wants_tls()) {
                link_.start_tls(tls_);
                talk_.tls_started();
            }
            std::size_t got = 0;
            auto const had = left_.copy(room.data(), left_.size());
            if (auto const wish = link_.read(room.subspan(had), got); wish != link::wish::nothing) return wish;
            std::string_view input(room.data(), had + got);
            talk_.hear(input);
            left_ = input;
            is_drained_ = link_.tells_when_drained() && had + got < room.size() && !talk_.wants_tls();
        }
    }

private:
    link::wish write() {
        auto& replies = talk_.replies();
        if (written_ < replies.size() && delay_ > 0) ::usleep(delay_);
        while (written_ < replies.size()) {
            std::size_t gone = 0;
            auto const wish = link_.write(std::string_view(replies).substr(written_), gone);
            if (wish != link::wish::nothing) return wish;
            written_ += gone;
        }
        replies.clear();
        written_ = 0;
        return link::wish::nothing;
    }

    link link_;
    conversation talk_;
    std::string left_;
    std::size_t written_ = 0;
    bool is_drained_ = false;  // there was no more to read
    unsigned delay_;
    SSL_CTX* tls_;
};

class server {
public:
    server(options const& o, SSL_CTX* tls)
        : options_(o),
          tls_(tls),
          epoll_(::epoll_create1(0)),
          listener_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(o.port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        int const yes = 1;
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 4096) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            std::perror("sink");
            std::exit(71);
        }
        std::printf("%d\n", ntohs(address.sin_port));
        std::fflush(stdout);
        watch(EPOLL_CTL_ADD, listener_, EPOLLIN, nullptr);
    }

    void run() {
        std::array<epoll_event, 256> events;
        while (!asked_to_end) {
            int const count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
            for (int i = 0; i < count; ++i) {
                auto* const one = static_cast<connection*>(events[static_cast<std::size_t>(i)].data.ptr);
                if (one)
                    serve(one);
                else
                    accept();
            }
        }
    }

    counters const& count() const noexcept { return count_; }

private:
    void accept() {
        for (;;) {
            int const socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (socket < 0) return;
            int const yes = 1;
            ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            ++count_.connections;
            auto* const one = new connection(socket, options_, tls_, count_);
            watch(EPOLL_CTL_ADD, socket, one->events, one);
            serve(one);
        }
    }

    void serve(connection* one) {
        auto const wish = one->go_on(room_);
        if (wish == link::wish::to_close) {
            delete one;
            return;
        }
        std::uint32_t const events = wish == link::wish::to_write ? EPOLLOUT : EPOLLIN;
        if (events == one->events) return;
        one->events = events;
        watch(EPOLL_CTL_MOD, one->socket(), events, one);
    }

    void watch(int what, int socket, std::uint32_t events, connection* whose) {
        epoll_event event{};
        event.events = events;
        event.data.ptr = whose;
        ::epoll_ctl(epoll_, what, socket, &event);
    }

    options options_;
    SSL_CTX* tls_;
    counters count_;
    int epoll_, listener_;
    std::array<char, room_octets> room_;
};

options read_options(int count, char** arguments) {
    options o;
    for (int i = 1; i < count; ++i) {
        std::string_view const name = arguments[i];
        auto const value = [&] {
            if (i + 1 == count) std::exit(64);
            return arguments[++i];
        };
        if (name == "--port")
            o.port = std::atoi(value());
        else if (name == "--delay")
            o.delay = static_cast<unsigned>(std::atoi(value()));
        else if (name == "--no-pipelining")
            o.what.pipelining = false;
        else if (name == "--no-chunking")
            o.what.chunking = false;
        else if (name == "--starttls" || name == "--tls") {
            o.tls_at_once = name == "--tls";
            o.what.starttls = !o.tls_at_once;
            o.certificate = value();
        } else {
            std::fprintf(stderr, "sink: no such option: %s\n", arguments[i]);
            std::exit(64);
        }
    }
    return o;
}

}  // namespace
}  // namespace sink

int main(int count, char** arguments) {
    auto const options = sink::read_options(count, arguments);
    auto const tls = options.certificate ? sink::make_tls_context(options.certificate) : nullptr;
    struct sigaction action {};
    action.sa_handler = [](int) { sink::asked_to_end = 1; };
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    auto const server = std::make_unique<sink::server>(options, tls.get());
    server->run();
    auto const& taken = server->count();
    std::fprintf(stderr, "%llu connections, %llu messages, %llu recipients, %llu octets\n",
                 static_cast<unsigned long long>(taken.connections), static_cast<unsigned long long>(taken.messages),
                 static_cast<unsigned long long>(taken.recipients), static_cast<unsigned long long>(taken.octets));
}
