#pragma once
#include <string>
#include <vector>

namespace postrider::smtp::server_side {

struct session;

/// Whether AUTH is offered now: secrets travel under TLS, or where the owner said that clear text is safe.
bool may_authenticate(session const&) noexcept;

/// Those that can be served with what the owner knows of its users: the mechanisms' names, as EHLO tells them.
std::vector<std::string> offered_mechanisms(session const&);

}  // namespace postrider::smtp::server_side
