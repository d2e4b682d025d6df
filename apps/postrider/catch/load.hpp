#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}
namespace postrider::devserver {
class catch_server;
}

namespace postrider::app {

void add_load_option(CLI::App& command, std::vector<std::string>& into);

/// Puts the messages of files, mboxes, Maildirs and folders into the store, and tells on stderr how many they were.
/// errors     app::error: no_input with the path and the system's reason; io_error for what the store refuses
void load(std::vector<std::string> const& paths, devserver::catch_server& into);

}  // namespace postrider::app
