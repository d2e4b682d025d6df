#include "progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "text.hpp"

namespace postrider::app {
namespace {

using namespace std::chrono_literals;

std::string time_left(double seconds) {
    char room[32];
    if (seconds < 90) {
        std::snprintf(room, sizeof room, "%.0f s left", std::ceil(seconds));
    } else {
        std::snprintf(room, sizeof room, "%.0f min left", std::ceil(seconds / 60));
    }
    return room;
}

}  // namespace

std::string progress_bar(double share, std::size_t width) {
    auto const filled = static_cast<std::size_t>(share * static_cast<double>(width));
    std::string cells(filled, '=');
    if (filled < width) cells += '>';
    cells.resize(width, ' ');
    return "[" + cells + "]";
}

std::string progress_line(std::uint64_t done, std::uint64_t total, std::chrono::duration<double> elapsed,
                          std::size_t columns) {
    double const octets = static_cast<double>(done), all = static_cast<double>(std::max<std::uint64_t>(total, 1));
    double const share = std::min(octets / all, 1.0);
    double const rate = elapsed.count() > 0 ? octets / elapsed.count() : 0;
    char percent[16];
    std::snprintf(percent, sizeof percent, " %3.0f%%  ", std::floor(share * 100));
    std::string figures = percent + human_size(octets) + " of " + human_size(all) + "  " + human_size(rate) + "/s";
    if (rate > 0) figures += "  " + time_left((all - octets) / rate);

    constexpr std::size_t brackets = 2, narrowest_bar = 10, last_column = 1;
    if (columns < figures.size() + brackets + narrowest_bar + last_column) return figures.substr(0, columns);
    return progress_bar(share, columns - figures.size() - brackets - last_column) + figures;
}

progress_reader::progress_reader(std::unique_ptr<octet_reader> content, draw out, std::size_t columns, clock now)
    : content_(std::move(content)),
      out_(std::move(out)),
      now_(std::move(now)),
      columns_(columns),
      begun_(now_()),
      drawn_(begun_) {}

progress_reader::~progress_reader() {
    if (drew_) out_("\r\x1b[K");
}

error_code progress_reader::next(std::vector<std::string_view>& pieces, std::size_t wanted) {
    error_code const failed = content_->next(pieces, wanted);
    for (std::string_view piece : pieces) done_ += piece.size();
    auto const now = now_();
    if (now - begun_ >= 1s && now - drawn_ >= 100ms) show();
    return failed;
}

void progress_reader::show() {
    drawn_ = now_();
    drew_ = true;
    out_("\r" + progress_line(done_, content_->size(), drawn_ - begun_, columns_) + "\x1b[K");
}

std::optional<std::size_t> terminal_columns() {
    winsize size{};
    if (!::isatty(STDERR_FILENO)) return std::nullopt;
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

}  // namespace postrider::app
