#pragma once
#include <postrider/devserver/server_manners.hpp>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace postrider::app {

/// What the command line of `catch` says of how its SMTP server behaves.
struct catch_server_options {
    std::string max_size;
    devserver::server_manners manners;

    void add_to(CLI::App& command);
    /// Throws app::error for a size that is none, and an extension that there is not.
    devserver::server_manners read() const;
};

}  // namespace postrider::app
