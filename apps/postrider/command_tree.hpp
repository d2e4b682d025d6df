#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace postrider::app {

/// One option, as completions and pages of the manual tell it.
struct known_option {
    std::vector<std::string> names;  ///< "-q", "--quiet"
    std::string type;                ///< "FILE", "URL", ...; empty: a flag
    std::string help;
    std::string group;

    bool takes_file() const;  ///< its value names a file or a folder
};

struct known_command {
    std::string name, help, footer;
    std::string operands;  ///< "SERVER", or empty
    std::vector<known_option> options;
};

/// What the program's own tree of options has, without what it hides.
known_command command_of(CLI::App const&);
std::vector<known_command> commands_of(CLI::App const& program);

}  // namespace postrider::app
