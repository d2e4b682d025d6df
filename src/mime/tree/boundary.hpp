#pragma once
#include <string_view>

namespace postrider::mime {

/// What a boundary may be that is written: 70 printable characters at most, the last one no blank. RFC 2046 §5.1.1 allows
/// fewer characters; mailers use more, and quotes carry them.
bool can_be_boundary(std::string_view text) noexcept;

/// The same for a caller's.                                                                    errors: bad_field_body
void check_boundary(std::string_view text);

}  // namespace postrider::mime
