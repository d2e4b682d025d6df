#include "relay_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace postrider::test {
namespace {

bool pass(int from, int to) {
    char room[16 * 1024];
    auto const got = ::recv(from, room, sizeof room, 0);
    return got > 0 && ::send(to, room, static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
}

/// Until either side ends.
void relay(int client, std::uint16_t port) {
    int const target = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bool open = ::connect(target, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    while (open) {
        pollfd both[] = {{client, POLLIN, 0}, {target, POLLIN, 0}};
        ::poll(both, 2, -1);
        if (both[0].revents) open = pass(client, target);
        if (open && both[1].revents) open = pass(target, client);
    }
    ::close(target);
}

std::string with_nul(char const* octets, std::size_t size) {
    return {octets, size};
}

/// "user:secret" as Basic writes it.
constexpr char basic_of_user_secret[] = "Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=";

}  // namespace

relay_proxy::relay_proxy(kind which, std::uint16_t target_port, std::string user, std::string password)
    : kind_(which),
      target_port_(target_port),
      user_(std::move(user)),
      password_(std::move(password)),
      server_({}, [this](connection& peer, SSL_CTX*) { serve(peer); }) {}

std::string relay_proxy::url() const {
    std::string const login = user_.empty() ? "" : user_ + ':' + password_ + '@';
    return (kind_ == kind::http ? "http://" : "socks5://") + login + server_.address();
}

std::vector<std::string> relay_proxy::asked_for() const {
    std::lock_guard guard(lock_);
    return asked_for_;
}

void relay_proxy::note(std::string target) {
    std::lock_guard guard(lock_);
    asked_for_.push_back(std::move(target));
}

void relay_proxy::serve(connection& peer) {
    if (kind_ == kind::http ? serve_http(peer) : serve_socks5(peer)) relay(peer.socket(), target_port_);
}

bool relay_proxy::serve_socks5(connection& peer) {
    auto const greeting = peer.read(2);
    auto const methods = greeting ? peer.read(static_cast<unsigned char>((*greeting)[1])) : std::nullopt;
    if (!methods) return false;
    if (!user_.empty() && methods->find('\2') == methods->npos) return peer.write("\5\xff") && false;
    peer.write(user_.empty() ? with_nul("\5\0", 2) : with_nul("\5\2", 2));
    if (!user_.empty()) {
        auto const user = peer.read(2 + user_.size()), password = peer.read(1 + password_.size());
        bool const right = user && password && user->substr(2) == user_ && password->substr(1) == password_;
        peer.write(right ? with_nul("\1\0", 2) : with_nul("\1\1", 2));
        if (!right) return false;
    }
    auto const head = peer.read(5);
    if (!head || (*head)[3] != 3) return false;
    auto const name = peer.read(static_cast<unsigned char>((*head)[4]));
    auto const port = peer.read(2);
    if (!name || !port) return false;
    note(*name + ':' +
         std::to_string(static_cast<unsigned char>((*port)[0]) << 8 | static_cast<unsigned char>((*port)[1])));
    peer.write(refuses_ ? with_nul("\5\2\0\1\0\0\0\0\0\0", 10) : with_nul("\5\0\0\1\x7f\0\0\1\0\1", 10));
    return !refuses_;
}

bool relay_proxy::serve_http(connection& peer) {
    bool logged_in = user_.empty();
    std::string target;
    for (auto line = peer.read_line(); line && !line->empty(); line = peer.read_line()) {
        if (line->starts_with("CONNECT ")) target = line->substr(8, line->rfind(' ') - 8);
        logged_in |= *line == basic_of_user_secret;
    }
    note(target);
    if (!logged_in) return peer.write("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") && false;
    if (refuses_) return peer.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno") && false;
    return peer.write("HTTP/1.1 200 OK\r\nVia: test\r\n\r\n");
}

}  // namespace postrider::test
