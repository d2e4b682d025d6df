#include "test_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <stdexcept>

namespace postrider::test {
namespace {

void demand(bool true_thing) {
    if (!true_thing) throw std::runtime_error("a test's server cannot start");
}

int listen_on_loopback() {
    int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    demand(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(listener, 8) == 0);
    return listener;
}

int listen_on(std::string const& path) {
    int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    demand(path.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, path.c_str(), path.size());
    demand(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(listener, 8) == 0);
    return listener;
}

std::uint16_t port_of(int socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    demand(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    return ntohs(address.sin_port);
}

SSL_CTX* context_for(listen_options const& options) {
    auto* ctx = SSL_CTX_new(TLS_server_method());
    if (options.newest_tls) {
        SSL_CTX_set_max_proto_version(ctx, options.newest_tls);
        SSL_CTX_set_min_proto_version(ctx, 0);
        SSL_CTX_set_cipher_list(ctx, "ALL:@SECLEVEL=0");
    }
    demand(SSL_CTX_use_certificate_chain_file(ctx, options.shown->file.c_str()) == 1);
    demand(SSL_CTX_use_PrivateKey_file(ctx, options.shown->key_file.c_str(), SSL_FILETYPE_PEM) == 1);
    if (options.client) {
        SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        demand(SSL_CTX_load_verify_file(ctx, options.client->file.c_str()) == 1);
    }
    return ctx;
}

}  // namespace

connection::~connection() {
    SSL_free(ssl_);
    ERR_clear_error();
}

std::string connection::read_some(std::size_t size) {
    std::string room(size, '\0');
    auto got = ssl_ ? SSL_read(ssl_, room.data(), static_cast<int>(size)) : ::recv(socket_, room.data(), size, 0);
    room.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return room;
}

std::optional<std::string> connection::read_line() {
    for (;;) {
        if (auto end = buffer_.find('\n'); end != buffer_.npos) {
            auto line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            if (line.ends_with('\r')) line.pop_back();
            return line;
        }
        auto more = read_some(64 * 1024);
        if (more.empty()) return {};
        buffer_ += more;
    }
}

std::optional<std::string> connection::read(std::size_t size) {
    while (buffer_.size() < size) {
        auto more = read_some(64 * 1024);
        if (more.empty()) return {};
        buffer_ += more;
    }
    auto octets = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return octets;
}

bool connection::write(std::string_view octets) {
    while (!octets.empty()) {
        auto sent = ssl_ ? SSL_write(ssl_, octets.data(), static_cast<int>(octets.size()))
                         : ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        octets.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool connection::start_tls(SSL_CTX* context) {
    ssl_ = SSL_new(context);
    SSL_set_fd(ssl_, socket_);
    if (SSL_accept(ssl_) == 1) return true;
    SSL_free(ssl_);
    ssl_ = nullptr;
    return false;
}

void connection::finish_tls() {
    if (ssl_) SSL_shutdown(ssl_);
}

bool connection::tls_was_resumed() const {
    return ssl_ && SSL_session_reused(ssl_) == 1;
}

bool connection::tls_was_finished() const {
    return ssl_ && (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN);
}

void connection::wait_for_end() {
    char room[4096];
    while (::recv(socket_, room, sizeof room, 0) > 0) {
    }
}

test_server::test_server(listen_options const& options, servant serve) : serve_(std::move(serve)) {
    listener_ = options.unix_path.empty() ? listen_on_loopback() : listen_on(options.unix_path);
    if (options.unix_path.empty()) port_ = port_of(listener_);
    if (options.shown) tls_ = context_for(options);
    thread_ = std::thread([this] { run(); });
}

test_server::~test_server() {
    {
        std::lock_guard guard(lock_);
        stopping_ = true;
        if (active_ >= 0) ::shutdown(active_, SHUT_RDWR);
    }
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    SSL_CTX_free(tls_);
}

void test_server::run() {
    // OpenSSL's own socket calls raise it. On this thread alone: the client's must not need that.
    sigset_t broken_pipe;
    ::sigemptyset(&broken_pipe);
    ::sigaddset(&broken_pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    for (;;) {
        int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        {
            std::lock_guard guard(lock_);
            if (stopping_ || accepted < 0) {
                if (accepted >= 0) ::close(accepted);
                return;
            }
            active_ = accepted;
        }
        {
            connection peer(accepted);
            serve_(peer, tls_);
        }
        std::lock_guard guard(lock_);
        active_ = -1;
        ::close(accepted);
    }
}

full_listener::full_listener(std::string const& address, std::uint16_t port) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    demand(::inet_pton(AF_INET, address.c_str(), &where.sin_addr) == 1);
    auto* const raw = reinterpret_cast<sockaddr*>(&where);
    sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    demand(::bind(sockets_.front(), raw, sizeof where) == 0 && ::listen(sockets_.front(), 0) == 0);
    for (int i = 0; i < 8; ++i) {
        sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        ::connect(sockets_.back(), raw, sizeof where);
    }
}

full_listener::~full_listener() {
    for (int socket : sockets_) ::close(socket);
}

std::uint16_t unused_port() {
    int listener = listen_on_loopback();
    auto port = port_of(listener);
    ::close(listener);
    return port;
}

}  // namespace postrider::test
