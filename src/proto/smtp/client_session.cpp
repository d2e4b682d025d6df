#include "client_session.hpp"

namespace postrider::smtp::client_side {

void session::forget_hello() noexcept {
    ehlo.reset();
    helo.reset();
    offered = {};
    does_esmtp = false;
}

void session::lose() noexcept {
    in_step = false;
    secure = false;
    authenticated = false;
    bindings = {};
    trace.ended();
}

}  // namespace postrider::smtp::client_side
