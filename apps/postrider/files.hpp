#pragma once
#include <string>
#include <vector>

namespace postrider::app {

/// Everything in a file, or in stdin for "-".
/// errors     app::error: no_input with the system's reason; io_error when it breaks off.
std::string read_file(std::string const& name);

/// Lines of a file, trimmed, without those that are empty or begin with '#'.
std::vector<std::string> read_list(std::string const& name);

}  // namespace postrider::app
