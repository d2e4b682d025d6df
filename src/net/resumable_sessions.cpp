#include "resumable_sessions.hpp"

#include <postrider/core/limits.hpp>
#include <utility>

namespace postrider::net {

void resumable_sessions::keep(std::string name, session_ptr session) {
    std::lock_guard guard(lock_);
    if (entries_.size() == limits::tls_sessions) entries_.pop_front();
    entries_.push_back({std::move(name), std::move(session)});
}

session_ptr resumable_sessions::take(std::string const& name) {
    std::lock_guard guard(lock_);
    for (auto at = entries_.size(); at-- > 0;) {
        auto& [its_name, session] = entries_[at];
        if (its_name != name) continue;
        bool const resumable = SSL_SESSION_is_resumable(session.get());
        bool const again = resumable && SSL_SESSION_get_protocol_version(session.get()) < TLS1_3_VERSION;
        session_ptr taken;
        if (resumable && SSL_SESSION_up_ref(session.get())) taken.reset(session.get());
        if (!again) entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
        if (taken) return taken;
    }
    return nullptr;
}

}  // namespace postrider::net
