#pragma once
#include <functional>
#include <string_view>

#include "css_reader.hpp"
#include "html_document.hpp"

namespace postrider::lint {

/// Told the id of each feature that is used, also several times, and some that nobody has a table row for.
using feature_sink = std::function<void(std::string_view id)>;

void tell_element(html_element const& element, feature_sink const& use);
void tell_css(css_item const& item, feature_sink const& use);
/// By a file's name, its media type or the beginning of a data: URI.
void tell_image(std::string_view source, feature_sink const& use);

}  // namespace postrider::lint
