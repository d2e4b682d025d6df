#pragma once
#include <memory>
#include <postrider/net/endpoint.hpp>
#include <postrider/net/tls.hpp>
#include <string>

namespace postrider::net {

/// What saves time for whoever connects again and again: contexts, whose files are read once, and sessions, which a
/// later connection to the same host and port resumes under the same name and the same tls_options (RFC 8446 §2.2,
/// RFC 5077). Nothing is shared beyond these. Safe from many threads.
///
/// What was closed without a word (close_notify) may not be resumed. A certificate is looked at when a session is begun, not when it is resumed. A file that changes later is not noticed:
/// that takes another cache.
class tls_cache {
public:
    tls_cache();
    ~tls_cache();
    tls_cache(tls_cache const&) = delete;

    /// The context for connections to one server, under options that compare equal.        errors: those of client_tls
    result<tls_context_ptr> context_for(tls_options const&, endpoint const& server, std::string& why);

private:
    struct contents;
    std::unique_ptr<contents> contents_;
};

}  // namespace postrider::net
