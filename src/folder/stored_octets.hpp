#pragma once
#include <postrider/folder/line_ends.hpp>
#include <string>
#include <string_view>

namespace postrider::folder {

/// Turns the octets of a message, piece by piece, into those that are stored.
class line_end_filter {
public:
    explicit line_end_filter(line_ends wanted) noexcept : wanted_(wanted) {}

    /// Appends to `out`. A CR at the end of a piece waits for the next.
    void put(std::string_view piece, std::string& out);
    void finish(std::string& out);

private:
    line_ends wanted_;
    bool held_cr_ = false;
};

}  // namespace postrider::folder
