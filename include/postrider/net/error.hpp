#pragma once
#include <postrider/core/error.hpp>
#include <system_error>

namespace postrider::net {

/// Why no address was found. What happens on the way to an address, and on a stream, are the system's codes and
/// io_errc.
enum class errc {
    host_unknown = 1,  ///< the name does not exist, or has no address; condition::permanent
    lookup_failed,     ///< the name server did not answer; condition::transient
};

std::error_category const& net_category() noexcept;
error_code make_error_code(errc) noexcept;

}  // namespace postrider::net

template <>
struct std::is_error_code_enum<postrider::net::errc> : std::true_type {};
