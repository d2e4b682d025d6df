#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace postrider::app {

/// Everything in a file, or in stdin for "-".
/// errors     app::error: no_input with the system's reason; io_error when it breaks off.
std::string read_file(std::string const& name);

/// Lines of a file, trimmed, without those that are empty or begin with '#'.
std::vector<std::string> read_list(std::string const& name);

/// Writes a file of this program's own, which its owner alone may read, and the folder that it stands in where there is none:
/// beside the old one, and then in its place.                                       errors     app::error: io_error
void replace_file(std::filesystem::path const&, std::string const& octets);

/// Where this program keeps what it wants to know next time: $XDG_STATE_HOME/postrider/NAME, ~/.local/state where that is
/// not set.
std::filesystem::path state_file(std::string const& name);

}  // namespace postrider::app
