#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace postrider::app {

/// One line on stderr, where that is a terminal: how many rows, how much of the data, how fast. From the second second
/// on and ten times a second at most.
class merge_progress {
public:
    explicit merge_progress(bool wanted, char const* what = "rows");
    ~merge_progress() { wipe(); }
    merge_progress(merge_progress const&) = delete;
    merge_progress& operator=(merge_progress const&) = delete;

    void show(std::uint64_t rows, std::optional<double> share);
    void wipe();

private:
    std::optional<std::size_t> columns_;
    char const* what_;
    std::chrono::steady_clock::time_point begun_, drawn_;
    bool drew_ = false;
};

/// "[====>     ]  45%  1234 rows  210/s  7 s left"; without a share no bar and no time left.
std::string merge_progress_line(std::uint64_t rows, std::optional<double> share, std::chrono::duration<double> elapsed,
                                std::size_t columns, char const* what = "rows");

}  // namespace postrider::app
