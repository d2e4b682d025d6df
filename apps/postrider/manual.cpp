#include "manual.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <string_view>
#include <vector>

namespace postrider::app {
namespace {

/// Text in which nothing is an instruction: hyphens stay hyphens, and no line begins with a dot or a quote.
std::string roff(std::string_view text) {
    std::string safe;
    bool line_start = true;
    for (char c : text) {
        if (line_start && (c == '.' || c == '\'')) safe += "\\&";
        if (c == '\\')
            safe += "\\e";
        else if (c == '-')
            safe += "\\-";
        else
            safe += c;
        line_start = c == '\n';
    }
    return safe;
}

std::string entry_of(known_option const& option) {
    std::string heading;
    for (auto const& name : option.names) heading += (heading.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
    if (!option.type.empty()) heading += " \\fI" + roff(option.type) + "\\fR";
    return ".TP\n" + heading + "\n" + roff(option.help) + "\n";
}

/// Groups in the order in which they first come.
std::vector<std::string> groups_of(known_command const& command) {
    std::vector<std::string> groups;
    for (auto const& option : command.options)
        if (std::find(groups.begin(), groups.end(), option.group) == groups.end()) groups.push_back(option.group);
    return groups;
}

}  // namespace

std::string manual_page(known_command const& command, std::string const& version) {
    std::string const name = "postrider-" + command.name;
    std::string page = ".TH " + ascii::upper(name) + " 1 \"\" \"Postrider " + version + "\" \"User Commands\"\n";
    page += ".SH NAME\n" + roff(name) + " \\- " + roff(command.help) + "\n";
    page += ".SH SYNOPSIS\n.B postrider " + roff(command.name) + "\n.RI [ OPTIONS ] " + roff(command.operands) + "\n";
    page += ".SH OPTIONS\n";
    for (auto const& group : groups_of(command)) {
        if (group != "Options") page += ".SS " + roff(group) + "\n";
        for (auto const& option : command.options)
            if (option.group == group) page += entry_of(option);
    }
    if (!command.footer.empty()) page += ".SH NOTES\n.nf\n" + roff(command.footer) + "\n.fi\n";
    return page + ".SH EXIT STATUS\nThose of sysexits.h: see\n.BR postrider (1).\n.SH SEE ALSO\n.BR postrider (1)\n";
}

}  // namespace postrider::app
