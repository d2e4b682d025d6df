#pragma once
#include <string>

#include "command_tree.hpp"

namespace postrider::app {

/// The page of the manual for one command, in the language of man(7): its options by their groups, and what stands
/// below its --help.
std::string manual_page(known_command const&, std::string const& version);

}  // namespace postrider::app
