#include <postrider/net/tls_cache.hpp>

#include <algorithm>
#include <deque>
#include <mutex>
#include <postrider/core/limits.hpp>
#include <utility>

#include "tls_context.hpp"

namespace postrider::net {

struct tls_cache::contents {
    struct entry {
        tls_options options;  ///< as they were given
        endpoint server;
        tls_context_ptr context;
    };

    /// The same certificates and keys for a further server.
    static ssl_ctx_ptr share(tls_context const& context) {
        SSL_CTX_up_ref(context.native());
        return ssl_ctx_ptr(context.native());
    }

    result<tls_context_ptr> make(tls_options const& options, std::string& why) {
        auto const alike = std::find_if(entries.begin(), entries.end(), [&](auto& e) { return e.options == options; });
        if (alike != entries.end())
            return std::make_shared<tls_context>(share(*alike->context), alike->context->options(), keeps_sessions{});
        auto made = client_tls(options, why);
        if (!made) return made.error();
        return std::make_shared<tls_context>(share(**made), (*made)->options(), keeps_sessions{});
    }

    std::mutex lock;
    std::deque<entry> entries;  // the oldest first
};

tls_cache::tls_cache() : contents_(std::make_unique<contents>()) {}
tls_cache::~tls_cache() = default;

result<tls_context_ptr> tls_cache::context_for(tls_options const& options, endpoint const& server, std::string& why) {
    std::lock_guard guard(contents_->lock);
    auto& entries = contents_->entries;
    for (auto const& entry : entries)
        if (entry.server == server && entry.options == options) return entry.context;
    auto made = contents_->make(options, why);
    if (!made) return made;
    if (entries.size() == limits::tls_servers) entries.pop_front();
    entries.push_back({options, server, *made});
    return made;
}

}  // namespace postrider::net
