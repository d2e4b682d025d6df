#include "numbers.hpp"

#include <charconv>
#include <string>

namespace postrider::app {
namespace {

template <class Number>
bool read(std::string const& text, Number& into) {
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), into);
    return ec == std::errc() && end == text.data() + text.size();
}

std::string range(std::uint64_t least, std::uint64_t most) {
    std::string const from = std::to_string(least);
    return most == UINT64_MAX ? "of " + from + " or more" : "from " + from + " to " + std::to_string(most);
}

}  // namespace

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
    auto const check = [least, most](std::string& text) -> std::string {
        std::uint64_t number = 0;
        if (!read(text, number) || number < least || number > most)
            return "'" + text + "' is no whole number " + range(least, most);
        text = std::to_string(number);
        return {};
    };
    return {check, {}};
}

bool is_timeout(double seconds) noexcept {
    return seconds >= 0.001 && seconds <= 1e6;  // false for what is no number
}

CLI::Validator timeout_seconds() {
    auto const check = [](std::string const& text) -> std::string {
        double seconds = 0;
        if (read(text, seconds) && is_timeout(seconds)) return {};
        return "'" + text + "' is no number of seconds from 0.001 to 1000000";
    };
    return {check, {}};
}

}  // namespace postrider::app
