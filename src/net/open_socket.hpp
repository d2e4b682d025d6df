#pragma once
#include <optional>
#include <postrider/core/result.hpp>
#include <vector>

#include "address_list.hpp"
#include "descriptor.hpp"

namespace postrider::net {

/// Where connections may come from; nothing where that does not matter.
using source_list = std::optional<std::vector<socket_address>>;

/// Any address of this machine, of each family.
std::vector<socket_address> any_source(std::uint16_t port);

/// A non-blocking socket from which `to` can be connected, bound to the first of the sources of its family.
/// errors     std::errc::address_family_not_supported where there is none; the system's
result<descriptor> open_socket(socket_address const& to, source_list const&);

}  // namespace postrider::net
