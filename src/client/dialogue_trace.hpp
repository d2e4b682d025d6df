#pragma once
#include <postrider/core/trace.hpp>
#include <string_view>

namespace postrider::smtp {

/// The sink that a client gives its engine: hands each line on to the caller's sink, and prints it to standard error
/// while the debug level asks for that.
class dialogue_trace final : public trace_sink {
public:
    explicit dialogue_trace(trace_sink* next) noexcept : next_(next) {}

    void line(trace_side, std::string_view) override;
    void set_level(int level) noexcept { level_ = level; }

private:
    trace_sink* next_;
    int level_ = 0;
};

}  // namespace postrider::smtp
