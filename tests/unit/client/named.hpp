#pragma once
#include <chrono>
#include <postrider/client/options.hpp>

namespace postrider::test {

/// Of a client whose EHLO is always the same, and that waits long enough for any test's server.
inline smtp::client_options named() {
    smtp::client_options options;
    options.local_hostname = "me.example";
    options.timeout = std::chrono::seconds{3};
    return options;
}

}  // namespace postrider::test
