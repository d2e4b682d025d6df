#pragma once
#include <string>
#include <string_view>

namespace postrider::mime {

/// Text as HTML shows it.
std::string escape_html(std::string_view text);

/// `html` with `added` at the beginning of what is shown: behind the tag of its body, or in front of everything.
std::string spliced(std::string_view html, std::string_view added);

}  // namespace postrider::mime
