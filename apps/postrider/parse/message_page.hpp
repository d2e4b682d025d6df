#pragma once
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>

#include "terminal/colour.hpp"

namespace postrider::app {

/// A message for people: who, to whom, what and when, then its parts with their numbers, and below each what is wrong
/// with it and where. Safe on a terminal.
std::string message_page(mime::parsed_message const&, palette const&);

/// The header fields of a part, decoded, "Name: value" a line.
std::string header_lines(mime::parsed_part const&, palette const&);

/// Text of several lines made safe for a terminal; its lines and tabs stay.
std::string terminal_safe_text(std::string_view text);

}  // namespace postrider::app
