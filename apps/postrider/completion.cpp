#include "completion.hpp"

namespace postrider::app {
namespace {

std::string names_of(std::vector<known_command> const& commands) {
    std::string names;
    for (auto const& command : commands) names += (names.empty() ? "" : " ") + command.name;
    return names;
}

/// The names of the options that `wanted` picks, with this between them.
template <class Wanted>
std::string options_of(known_command const& command, char const* between, Wanted const& wanted) {
    std::string names;
    for (auto const& option : command.options)
        if (wanted(option))
            for (auto const& name : option.names) names += (names.empty() ? "" : between) + name;
    return names;
}

bool any(known_option const&) {
    return true;
}
bool with_file(known_option const& option) {
    return option.takes_file();
}
bool with_value(known_option const& option) {
    return !option.type.empty() && !option.takes_file();
}

/// A single-quoted word of any shell.
std::string quoted(std::string const& text) {
    std::string word = "'";
    for (char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

std::string bash_case(known_command const& command) {
    std::string lines = "        " + command.name + ")\n            case $before in\n";
    if (auto const files = options_of(command, "|", with_file); !files.empty())
        lines += "                " + files + ") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n";
    if (auto const values = options_of(command, "|", with_value); !values.empty())
        lines += "                " + values + ") return ;;\n";
    return lines + "            esac\n            options='" + options_of(command, " ", any) + "' ;;\n";
}

/// In zsh's _arguments brackets hold the help and a colon ends a part, so both are escaped.
std::string zsh_text(std::string const& text) {
    std::string escaped;
    for (char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string zsh_case(known_command const& command) {
    std::string lines = "        " + command.name + ")\n            _arguments -S";
    for (auto const& option : command.options)
        for (auto const& name : option.names) {
            std::string spec = "*" + name + "[" + zsh_text(option.help) + "]";
            if (!option.type.empty())
                spec += ":" + zsh_text(option.type) + ":" + (option.takes_file() ? "_files" : " ");
            lines += " \\\n                " + quoted(spec);
        }
    return lines + " \\\n                '*:file:_files' ;;\n";
}

std::string fish_line(known_command const& command, known_option const& option) {
    std::string line = "complete -c postrider -n '__fish_seen_subcommand_from " + command.name + "'";
    for (auto const& name : option.names)
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (!option.type.empty()) line += option.takes_file() ? " -r -F" : " -x";
    return line + " -d " + quoted(option.help) + "\n";
}

}  // namespace

std::string bash_completion(std::vector<known_command> const& commands) {
    std::string script = R"(# bash completion for postrider, made by `postrider completion bash`
_postrider() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options=
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W ')" +
                         names_of(commands) + R"( --help --version' -- "$word"))
        return
    fi
    case ${COMP_WORDS[1]} in
)";
    for (auto const& command : commands) script += bash_case(command);
    return script + R"(    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$word"))
    else
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}
complete -o filenames -F _postrider postrider
)";
}

std::string zsh_completion(std::vector<known_command> const& commands) {
    std::string script = R"(#compdef postrider
# zsh completion for postrider, made by `postrider completion zsh`
_postrider() {
    local -a commands
    commands=(
)";
    for (auto const& command : commands)
        script += "        " + quoted(command.name + ":" + zsh_text(command.help)) + "\n";
    script += R"(    )
    if ((CURRENT == 2)); then
        _describe command commands
        return
    fi
    local called=$words[2]
    shift words
    ((CURRENT--))
    case $called in
)";
    for (auto const& command : commands) script += zsh_case(command);
    return script + R"(    esac
}
_postrider "$@"
)";
}

std::string fish_completion(std::vector<known_command> const& commands) {
    std::string script = "# fish completion for postrider, made by `postrider completion fish`\n";
    for (auto const& command : commands)
        script += "complete -c postrider -n __fish_use_subcommand -f -a " + command.name + " -d " +
                  quoted(command.help) + "\n";
    for (auto const& command : commands)
        for (auto const& option : command.options) script += fish_line(command, option);
    return script;
}

}  // namespace postrider::app
