#pragma once
#include <iosfwd>
#include <postrider/core/trace.hpp>

namespace postrider::app {

/// Writes a dialogue as it happens, "C: " and "S: " before each line. What the peer wrote is escaped.
class transcript final : public trace_sink {
public:
    explicit transcript(std::ostream& out) : out_(out) {}
    void line(trace_side side, std::string_view line) override;

private:
    std::ostream& out_;
};

}  // namespace postrider::app
