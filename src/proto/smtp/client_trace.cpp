#include "client_trace.hpp"

#include <postrider/core/ascii.hpp>

#include "auth_trace.hpp"

namespace postrider::smtp::client_side {
namespace {

constexpr std::string_view mask = "****";

bool is_auth(std::string_view line) noexcept {
    return ascii::equal_without_case(line.substr(0, 4), "AUTH") && (line.size() == 4 || line[4] == ' ');
}

/// "AUTH PLAIN AHUAcA==" with the initial response masked; nothing if `line` is no AUTH command with one.
std::string without_initial_response(std::string_view line) {
    if (!is_auth(line)) return {};
    auto mechanism = line.find_first_not_of(' ', 4);
    auto response = line.find(' ', mechanism);
    if (mechanism == line.npos || response == line.npos) return {};
    return std::string(line.substr(0, response + 1)) + std::string(mask);
}

}  // namespace

void transcript::said(std::string_view line, bool answers_challenge) {
    if (!sink_) return;
    if (answers_challenge && line != "*") return sink_->line(trace_side::client, mask);
    auto masked = without_initial_response(line);
    sink_->line(trace_side::client, masked.empty() ? line : std::string_view(masked));
}

void transcript::said_content(std::uint64_t octets) {
    if (!sink_) return;
    sink_->line(trace_side::client, '[' + std::to_string(octets) + " octets]");
    sink_->line(trace_side::client, ".");
}

void transcript::said_chunk(std::string_view command, std::uint64_t octets) {
    if (!sink_) return;
    sink_->line(trace_side::client, command);
    sink_->line(trace_side::client, '[' + std::to_string(octets) + " octets]");
}

void transcript::heard(std::string_view octets) {
    if (!sink_) return;
    while (!octets.empty()) {
        auto const end = octets.find('\n');
        bool const in_one_piece = line_.empty() && end != octets.npos;
        if (!in_one_piece) line_ += octets.substr(0, end);
        if (end == octets.npos) return;
        tell(in_one_piece ? octets.substr(0, end) : line_);
        line_.clear();
        octets.remove_prefix(end + 1);
    }
}

void transcript::tell(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    sink_->line(trace_side::server, shown_challenge(line));
}

void transcript::ended() {
    if (sink_ && !line_.empty()) sink_->line(trace_side::server, shown_challenge(line_));
    line_.clear();
}

}  // namespace postrider::smtp::client_side
