#pragma once
#include <string>

#include "json_report.hpp"

namespace postrider::app {

/// One line for a person: what did not work, where (the phase), why (the server's own words, escaped), and what to do.
/// Empty when everyone was accepted.
std::string explain(send_outcome const&);
std::string explain(smtp::failure const&, std::string const& advice = {});
std::string explain(error const&);

}  // namespace postrider::app
