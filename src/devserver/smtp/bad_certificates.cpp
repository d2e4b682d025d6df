#include "bad_certificates.hpp"

#include <cstddef>
#include <string>

namespace postrider::devserver {
namespace {

net::certificate_flaw flaw_of(fault_rule::certificates kind) noexcept {
    switch (kind) {
        case fault_rule::certificates::wrong_name: return net::certificate_flaw::wrong_name;
        case fault_rule::certificates::self_signed: return net::certificate_flaw::unknown_issuer;
        case fault_rule::certificates::expired:
        case fault_rule::certificates::broken: break;
    }
    return net::certificate_flaw::expired;
}

}  // namespace

net::tls_context_ptr const& bad_certificates::with(fault_rule::certificates kind) {
    auto& one = made_.at(static_cast<std::size_t>(kind));
    if (one || kind == fault_rule::certificates::broken) return one;
    std::string why;
    if (auto made = net::flawed_server_tls(flaw_of(kind), *sound_, why)) one = *made;
    return one;
}

}  // namespace postrider::devserver
