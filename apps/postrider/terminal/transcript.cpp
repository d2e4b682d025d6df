#include "transcript.hpp"

#include <ostream>
#include <postrider/proto/smtp/escape.hpp>

namespace postrider::app {

void transcript::line(trace_side side, std::string_view line) {
    out_ << (side == trace_side::client ? "C: " : "S: ") << smtp::escaped(line) << '\n' << std::flush;
}

}  // namespace postrider::app
