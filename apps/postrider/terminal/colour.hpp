#pragma once
#include <string>
#include <string_view>

namespace postrider::app {

enum class colour_choice { automatic, always, never };

/// Whether to write in colour: what was chosen, else whether stdout is a terminal that knows colours and the user did
/// not set NO_COLOR (https://no-color.org).
bool wants_colour(colour_choice);

/// Text in colour, or as it is.
class palette {
public:
    explicit palette(bool in_colour) noexcept : in_colour_(in_colour) {}

    std::string bold(std::string_view text) const { return dress("1", text); }
    std::string faint(std::string_view text) const { return dress("2", text); }
    std::string red(std::string_view text) const { return dress("31", text); }
    std::string green(std::string_view text) const { return dress("32", text); }
    std::string cyan(std::string_view text) const { return dress("36", text); }

private:
    std::string dress(std::string_view code, std::string_view text) const;

    bool in_colour_;
};

}  // namespace postrider::app
