#pragma once
#include <postrider/devserver/release.hpp>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace postrider::app {

/// What the command line says of sending caught messages on.
struct release_arguments {
    std::vector<std::string> accounts;  ///< names of accounts, addresses of senders, URLs
    std::vector<std::string> to;
    std::string config_file;
};

void add_release_options(CLI::App& command, release_arguments& into);

/// Chooses the server of each account and reads its password now, when there is somebody to be asked.
/// errors     app::error, as choose_server and secret_for
devserver::release_options release_through(release_arguments const&);

}  // namespace postrider::app
