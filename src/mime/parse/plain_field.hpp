#pragma once
#include <optional>
#include <postrider/mime/content_type.hpp>
#include <string_view>

namespace postrider::mime {

/// Reads a value with parameters that is written the way nearly all are: ASCII, no comments, nothing escaped or encoded,
/// no parameter in sections or twice. Says the same as split_parameters and join_sections, many times as fast.
/// returns    nothing for any other, valid or not; it is to be read the long way.
std::optional<structured_field> read_plain_field(std::string_view field_body);

}  // namespace postrider::mime
