#include "retry_rule.hpp"

namespace postrider::app {

bool may_try_again(smtp::report const& report, std::optional<smtp::failure> const& why) {
    if (!why || report.in_doubt() || why->in_doubt || !report.accepted().empty()) return false;
    auto const kind = why->kind();
    return kind == smtp::errc::server_disconnected || kind == smtp::errc::timeout ||
           why->radius == smtp::blast_radius::session;
}

}  // namespace postrider::app
