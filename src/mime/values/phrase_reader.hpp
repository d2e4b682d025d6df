#pragma once
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// What a phrase says, however it is written: quoted-strings without their quotes, encoded-words decoded (inside quotes
/// too), comments left out, controls as escapes. Total.                                     RFC 5322 §3.2.5, RFC 2047 §5
std::string read_phrase(std::string_view phrase, std::vector<defect_kind>& defects);

}  // namespace postrider::mime
