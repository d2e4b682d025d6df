#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace postrider::smtp::server_side {

struct session;

/// What EHLO tells behind the host name: a line for each extension that is offered now.
std::vector<std::string> offered_extensions(session const&);

/// Whether the owner wants the extension neither offered nor taken.
bool is_hidden(session const&, std::string_view keyword) noexcept;

}  // namespace postrider::smtp::server_side
