#pragma once
#include <string>
#include <vector>

#include "command_tree.hpp"

namespace postrider::app {

// Scripts that complete this program's command line: commands, options, and files where an option takes one.
std::string bash_completion(std::vector<known_command> const&);
std::string zsh_completion(std::vector<known_command> const&);
std::string fish_completion(std::vector<known_command> const&);

}  // namespace postrider::app
