#pragma once
#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "client/named.hpp"

namespace postrider::test {

/// Why a client, blocking or awaiting, does not come to be connected.
template <class Front>
smtp::failure failure_to_connect(std::string const& server, smtp::client_options options = named()) {
    Front front;
    auto outcome = front.connect(server, std::move(options));
    REQUIRE(outcome.has_error());
    CHECK_FALSE(front.is_connected());
    INFO(to_string(outcome.error().failure));
    return outcome.error().failure;
}

}  // namespace postrider::test
