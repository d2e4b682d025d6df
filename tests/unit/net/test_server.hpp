#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "certificate.hpp"

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;

namespace postrider::test {

/// One accepted connection, seen by a test's server: plain blocking calls, with OpenSSL as it comes.
class connection {
public:
    explicit connection(int socket) noexcept : socket_(socket) {}
    ~connection();
    connection(connection const&) = delete;

    /// Nothing at the end of the stream.
    std::optional<std::string> read_line();
    /// Exactly so many octets, or nothing at the end of the stream.
    std::optional<std::string> read(std::size_t size);
    /// At most `size` octets; empty at the end.
    std::string read_some(std::size_t size);
    bool write(std::string_view octets);
    bool start_tls(SSL_CTX*);
    void finish_tls();              ///< close_notify
    bool tls_was_resumed() const;   ///< whether the handshake took up a former session
    bool tls_was_finished() const;  ///< whether the client sent its own
    void wait_for_end();            ///< until the client closes; reads nothing that it sends but throws it away

    bool has_more() const noexcept { return !buffer_.empty(); }  ///< something came with what was read
    int socket() const noexcept { return socket_; }

private:
    int socket_;
    SSL* ssl_ = nullptr;
    std::string buffer_;
};

struct listen_options {
    std::string unix_path;  ///< instead of 127.0.0.1 and a free port
    certificate const* shown = nullptr;
    certificate const* client = nullptr;  ///< TLS clients must show this one
    int newest_tls = 0;                   ///< as OpenSSL numbers versions; 0: what OpenSSL allows
    listen_options() {}
};

/// Listens on loopback and serves one connection after the other on a thread of its own.
class test_server {
public:
    using servant = std::function<void(connection&, SSL_CTX*)>;

    test_server(listen_options const&, servant);
    ~test_server();
    test_server(test_server const&) = delete;

    std::uint16_t port() const noexcept { return port_; }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    void run();

    int listener_ = -1;
    std::uint16_t port_ = 0;
    SSL_CTX* tls_ = nullptr;
    servant serve_;
    std::mutex lock_;
    int active_ = -1;
    bool stopping_ = false;
    std::thread thread_;
};

/// Listens on an address of loopback, with no room for a further connection: to whom connects there, nothing happens.
class full_listener {
public:
    full_listener(std::string const& address, std::uint16_t port);
    ~full_listener();
    full_listener(full_listener const&) = delete;

private:
    std::vector<int> sockets_;
};

/// A port of 127.0.0.1 that refuses connections.
std::uint16_t unused_port();

}  // namespace postrider::test
