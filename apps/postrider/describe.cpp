#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "command_tree.hpp"
#include "commands.hpp"
#include "completion.hpp"
#include "manual.hpp"

// Commands for those who install the program: what it says of its own command line. Help does not list them.
namespace postrider::app {

command add_completion(CLI::App& program) {
    auto const shell = std::make_shared<std::string>();
    CLI::App* const called = program.add_subcommand("completion", "Print a script that completes this command line");
    called->group("");
    called->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
    auto const print = [&program, shell] {
        auto const commands = commands_of(program);
        std::cout << (*shell == "bash"  ? bash_completion(commands)
                      : *shell == "zsh" ? zsh_completion(commands)
                                        : fish_completion(commands))
                  << std::flush;
        return exit_code::ok;
    };
    return {called, print, tell_error};
}

command add_manual(CLI::App& program) {
    auto const name = std::make_shared<std::string>();
    CLI::App* const called =
        program.add_subcommand("manual", "Print the manual's page for a command, or which there are");
    called->group("");
    called->add_option("COMMAND", *name, "As `postrider --help` lists it");
    auto const print = [&program, name] {
        auto const commands = commands_of(program);
        if (name->empty())
            for (auto const& one : commands) std::cout << one.name << std::endl;
        if (name->empty()) return exit_code::ok;
        auto const found = std::find_if(commands.begin(), commands.end(), [&](auto& one) { return one.name == *name; });
        if (found == commands.end()) throw error(exit_code::usage, "there is no command '" + *name + "'");
        std::cout << manual_page(*found, POSTRIDER_VERSION) << std::flush;
        return exit_code::ok;
    };
    return {called, print, tell_error};
}

}  // namespace postrider::app
