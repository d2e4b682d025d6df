#pragma once
#include <boost/json/array.hpp>
#include <string>
#include <vector>

#include "session_steps.hpp"

namespace postrider::app {

/// A line for each: name, time, and what was answered, escaped.
std::string to_text(std::vector<session_step> const&);
/// [{"name","ms","said"}]
boost::json::array to_json(std::vector<session_step> const&);

}  // namespace postrider::app
