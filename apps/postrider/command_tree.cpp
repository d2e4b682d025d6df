#include "command_tree.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace postrider::app {
namespace {

known_option option_of(CLI::Option const& option) {
    known_option known;
    for (auto const& name : option.get_snames()) known.names.push_back("-" + name);
    for (auto const& name : option.get_lnames()) known.names.push_back("--" + name);
    if (option.get_type_size() != 0) known.type = option.get_type_name();
    known.help = option.get_description();
    if (auto const& value = option.get_default_str(); !value.empty()) known.help += " [" + value + "]";
    known.group = option.get_group();
    return known;
}

}  // namespace

bool known_option::takes_file() const {
    return type.find("FILE") != type.npos || type.find("FOLDER") != type.npos;
}

known_command command_of(CLI::App const& command) {
    known_command known{command.get_name(), command.get_description(), command.get_footer(), {}, {}};
    for (auto const* option : command.get_options()) {
        if (option->get_group().empty()) continue;
        if (option->get_positional())
            known.operands += (known.operands.empty() ? "" : " ") + option->get_name(true, false);
        else
            known.options.push_back(option_of(*option));
    }
    return known;
}

std::vector<known_command> commands_of(CLI::App const& program) {
    std::vector<known_command> all;
    for (auto const* command : program.get_subcommands([](CLI::App const* one) { return !one->get_group().empty(); }))
        all.push_back(command_of(*command));
    return all;
}

}  // namespace postrider::app
