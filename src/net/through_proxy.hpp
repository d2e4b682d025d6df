#pragma once
#include <postrider/net/stream.hpp>
#include <string>

namespace postrider::net {

/// Stands in for phase_timeouts where one moment ends the whole.
struct one_deadline {
    deadline when;
    deadline until(phase) const noexcept { return when; }
};

inline endpoint const& first_hop(endpoint const& where, connect_options const& options) noexcept {
    return options.proxy ? options.proxy->where : where;
}

inline std::unique_ptr<postrider::proxy::engine> engine_for(proxy const& through, endpoint const& where) {
    return make_engine(through.kind, {where.host, where.port, through.user, through.password});
}

/// Says for people that the failure is the proxy's, or on the way to it.
inline std::string blame(proxy const& through, std::string const& words) {
    return words + " (by way of " + to_string(through) + ')';
}

inline constexpr char no_unix_socket_behind_a_proxy[] = "a unix socket cannot be reached through a proxy";

}  // namespace postrider::net
