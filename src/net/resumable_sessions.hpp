#pragma once
#include <openssl/ssl.h>

#include <deque>
#include <memory>
#include <mutex>
#include <string>

namespace postrider::net {

struct session_deleter {
    void operator()(SSL_SESSION* session) const noexcept { SSL_SESSION_free(session); }
};
using session_ptr = std::unique_ptr<SSL_SESSION, session_deleter>;

/// Sessions of one server, kept for as many connections to it. Safe from many threads.
class resumable_sessions {
public:
    /// `name`   that its certificate was checked for; under another it is not resumed
    void keep(std::string name, session_ptr);

    /// The latest under this name, or none. A ticket of TLS 1.3 serves once, so that nobody who listens can tell that
    /// two connections are one client's.                                                            RFC 8446 §C.4
    session_ptr take(std::string const& name);

private:
    struct entry {
        std::string name;
        session_ptr session;
    };
    std::mutex lock_;
    std::deque<entry> entries_;  // the oldest first
};

}  // namespace postrider::net
