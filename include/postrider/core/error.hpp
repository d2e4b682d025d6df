#pragma once
#include <string_view>
#include <system_error>

namespace postrider {

using std::error_code;

/// What can go wrong below every protocol and format.
enum class errc {
    limit_reached = 1,  ///< a limit of core/limits.hpp; the message names it
    source_changed,     ///< an octet source gave fewer octets than its size promised
    source_unreadable,  ///< an octet source failed to read
};

/// What an error_code of any layer can be compared with when only the next move matters.
///     if (ec == condition::transient) try_again_later();
enum class condition {
    transient = 1,  ///< the same thing may work later
    permanent,      ///< it will not work without a change
};

std::error_category const& core_category() noexcept;
std::error_category const& condition_category() noexcept;
error_code make_error_code(errc) noexcept;
std::error_condition make_error_condition(condition) noexcept;

}  // namespace postrider

template <>
struct std::is_error_code_enum<postrider::errc> : std::true_type {};
template <>
struct std::is_error_condition_enum<postrider::condition> : std::true_type {};
