#include "transcript_line.hpp"

#include <charconv>
#include <optional>

namespace postrider::devserver {
namespace {

using time_point = std::chrono::system_clock::time_point;

/// The number in front of a blank, both of which are taken away.
std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t number = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc() || end == text.data() + text.size() || *end != ' ') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return number;
}

std::optional<transcript_line> take_line(std::string_view& packed) {
    if (packed.size() < 2 || packed[1] != ' ') return std::nullopt;
    auto const side = packed[0] == 'C' ? trace_side::client : trace_side::server;
    packed.remove_prefix(2);
    auto const at = take_number(packed);
    auto const octets = at ? take_number(packed) : std::nullopt;
    if (!octets || *octets < 0 || static_cast<std::uint64_t>(*octets) >= packed.size()) return std::nullopt;
    auto const size = static_cast<std::size_t>(*octets);
    transcript_line line{to_time(*at), side, std::string(packed.substr(0, size))};
    packed.remove_prefix(size + 1);
    return line;
}

}  // namespace

std::string pack(std::vector<transcript_line> const& lines) {
    std::string packed;
    for (auto const& line : lines) {
        packed += line.from == trace_side::client ? "C " : "S ";
        packed.append(std::to_string(to_milliseconds(line.at))).append(1, ' ');
        packed.append(std::to_string(line.line.size())).append(1, ' ').append(line.line).append(1, '\n');
    }
    return packed;
}

std::vector<transcript_line> unpack(std::string_view packed) {
    std::vector<transcript_line> lines;
    while (auto line = take_line(packed)) lines.push_back(*std::move(line));
    return lines;
}

std::int64_t to_milliseconds(time_point when) noexcept {
    return std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count();
}

time_point to_time(std::int64_t milliseconds) noexcept {
    return time_point(std::chrono::milliseconds(milliseconds));
}

}  // namespace postrider::devserver
