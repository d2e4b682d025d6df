#include "colour.hpp"

#include <unistd.h>

#include <cstdlib>

namespace postrider::app {
namespace {

std::string_view variable(char const* name) {
    char const* const value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

bool wants_colour(colour_choice choice) {
    if (choice != colour_choice::automatic) return choice == colour_choice::always;
    return ::isatty(STDOUT_FILENO) && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

std::string palette::dress(std::string_view code, std::string_view text) const {
    if (!in_colour_ || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + 'm' + std::string(text) + "\x1b[0m";
}

}  // namespace postrider::app
