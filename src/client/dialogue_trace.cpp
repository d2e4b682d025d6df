#include "dialogue_trace.hpp"

#include <cstdio>
#include <ctime>
#include <postrider/proto/smtp/escape.hpp>
#include <string>

namespace postrider::smtp {
namespace {

std::string time_of_day() {
    std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char text[16];
    return {text, std::strftime(text, sizeof text, "%H:%M:%S ", &local)};
}

}  // namespace

void dialogue_trace::line(trace_side side, std::string_view text) {
    if (next_) next_->line(side, text);
    if (level_ <= 0) return;
    std::string shown = level_ > 1 ? time_of_day() : std::string();
    shown += side == trace_side::client ? "C: " : "S: ";
    shown += escaped(text) + '\n';
    std::fwrite(shown.data(), 1, shown.size(), stderr);
}

}  // namespace postrider::smtp
