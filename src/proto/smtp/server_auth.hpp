#pragma once
#include <string>
#include <vector>

namespace postrider::smtp::server_side {

struct session;

/// Whether AUTH is offered now: secrets travel under TLS, or where the owner said that clear text is safe.
bool may_authenticate(session const&) noexcept;

/// CRAM-MD5 needs a seed: without one its challenge could be foreseen, and is not offered.
std::vector<std::string> offered_mechanisms(session const&);

}  // namespace postrider::smtp::server_side
