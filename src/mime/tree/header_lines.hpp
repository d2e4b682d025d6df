#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "origin.hpp"

namespace postrider::mime {

/// The lines of a parsed header section that are no field: they keep their places between the fields that are left.
class header_lines {
public:
    explicit header_lines(origin const& of) noexcept : of_(of), at_(of.part.header_range().begin) {}

    /// Those between the last field told and this one; none before a field that was moved. A new field stands behind them
    /// all, or a line that begins with a blank would continue it.
    std::vector<std::string_view> before(field const& next);
    std::vector<std::string_view> rest() { return up_to(of_.part.header_range().end); }

private:
    std::vector<std::string_view> up_to(std::size_t end);

    origin const& of_;
    std::size_t at_;
    std::size_t next_field_ = 0;  // of the origin's
};

}  // namespace postrider::mime
