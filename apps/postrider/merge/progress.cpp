#include "progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "terminal/progress.hpp"

namespace postrider::app {

using namespace std::chrono_literals;

std::string merge_progress_line(std::uint64_t rows, std::optional<double> share, std::chrono::duration<double> elapsed,
                                std::size_t columns, char const* what) {
    double const seconds = std::max(elapsed.count(), 0.001);
    char figures[128];
    if (share && *share > 0) {
        std::snprintf(figures, sizeof figures, " %3.0f%%  %llu %s  %.0f/s  %.0f s left", std::floor(*share * 100),
                      static_cast<unsigned long long>(rows), what, static_cast<double>(rows) / seconds,
                      std::ceil(seconds * (1 - *share) / *share));
    } else {
        std::snprintf(figures, sizeof figures, "%llu %s  %.0f/s", static_cast<unsigned long long>(rows), what,
                      static_cast<double>(rows) / seconds);
    }
    std::string line(figures);
    constexpr std::size_t brackets = 2, narrowest_bar = 10, last_column = 1;
    if (!share || columns < line.size() + brackets + narrowest_bar + last_column) return line.substr(0, columns);
    return progress_bar(std::min(*share, 1.0), columns - line.size() - brackets - last_column) + line;
}

merge_progress::merge_progress(bool wanted, char const* what)
    : columns_(wanted ? terminal_columns() : std::nullopt),
      what_(what),
      begun_(std::chrono::steady_clock::now()),
      drawn_(begun_) {}

void merge_progress::show(std::uint64_t rows, std::optional<double> share) {
    auto const now = std::chrono::steady_clock::now();
    if (!columns_ || now - begun_ < 1s || now - drawn_ < 100ms) return;
    drawn_ = now;
    drew_ = true;
    std::fprintf(stderr, "\r%s\x1b[K", merge_progress_line(rows, share, now - begun_, *columns_, what_).c_str());
}

void merge_progress::wipe() {
    if (std::exchange(drew_, false)) std::fputs("\r\x1b[K", stderr);
}

}  // namespace postrider::app
