#pragma once
#include <chrono>
#include <cstdint>
#include <postrider/core/trace.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::devserver {

/// One line of the dialogue that brought a message.
struct transcript_line {
    std::chrono::system_clock::time_point at;
    trace_side from;
    std::string line;
};

/// Lines as the store keeps them; what was packed may be appended to what was packed before.
///     packed = *( ( "C" / "S" ) SP milliseconds SP octets SP line LF )        octets: how many the line has
std::string pack(std::vector<transcript_line> const&);
/// The lines of `packed`, up to one that is none.
std::vector<transcript_line> unpack(std::string_view packed);

// Times as the store keeps them: milliseconds since 1970 began, UTC.
std::int64_t to_milliseconds(std::chrono::system_clock::time_point) noexcept;
std::chrono::system_clock::time_point to_time(std::int64_t milliseconds) noexcept;

}  // namespace postrider::devserver
