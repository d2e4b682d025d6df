#pragma once
#include <openssl/ssl.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace sink {

struct tls_deleter {
    void operator()(SSL* tls) const noexcept { SSL_free(tls); }
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
using tls_context = std::unique_ptr<SSL_CTX, tls_deleter>;

/// With a fresh self-signed certificate for localhost, which is also written to `file` as PEM. Exits where it cannot.
tls_context make_tls_context(char const* file);

/// A socket that does not block, in clear or within TLS.
class link {
public:
    enum class wish { nothing, to_read, to_write, to_close };

    explicit link(int socket) noexcept : socket_(socket) {}
    ~link();
    link(link const&) = delete;
    link& operator=(link const&) = delete;

    int socket() const noexcept { return socket_; }
    void start_tls(SSL_CTX*);

    /// A read that leaves room has taken all there was.
    bool tells_when_drained() const noexcept { return !tls_; }

    /// What must happen before it goes on; nothing when some octets went or came.
    wish read(std::span<char> room, std::size_t& got);
    wish write(std::string_view octets, std::size_t& gone);

private:
    wish wish_after(int result) const;

    int socket_;
    std::unique_ptr<SSL, tls_deleter> tls_;
};

}  // namespace sink
