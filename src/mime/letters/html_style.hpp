#pragma once
#include <postrider/mime/html_reader.hpp>
#include <string>
#include <string_view>

/// What attributes say to a reader of text.
namespace postrider::mime {

/// Whether the element and all in it cannot be seen: `hidden`, or a style with `display:none` or `visibility:hidden`.
bool hides(html_attributes const& attributes) noexcept;

/// A URL as text shows it, without blanks and controls; empty for one that a reader cannot follow.
std::string shown_url(std::string_view url);

/// The number that `start` gives to a list's first item; 1 where it makes no sense.
long first_number(std::string_view start) noexcept;

}  // namespace postrider::mime
