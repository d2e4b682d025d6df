#pragma once
#include <postrider/lint/report.hpp>
#include <string>

#include "terminal/colour.hpp"

namespace postrider::app {

/// A report for people: what was found, the gravest first, which mail clients cope with its HTML, and how much was in
/// order.
/// `least`   findings of less weight are counted and not told
std::string lint_page(lint::report const&, lint::level least, palette const&);

}  // namespace postrider::app
