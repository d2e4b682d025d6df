#pragma once
#include <string>
#include <string_view>

namespace postrider::smtp {

/// What a peer wrote, fit for a log, a terminal or a page of text: one line, of bounded length.
/// Controls (those of Latin-1 and of bidirectional text too), and octets that are no UTF-8, become \xNN; text beyond
/// limits::shown_octets becomes "...". Everything else, other scripts included, stays as it is.
std::string escaped(std::string_view untrusted);

}  // namespace postrider::smtp
