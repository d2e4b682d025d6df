#pragma once
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// Decodes the encoded-words of an address list, token by token: what a word says never becomes syntax. A display name
/// that would need it is quoted.                                                                      RFC 2047 §5, §6.2
/// `text`     an unfolded field body in UTF-8.
std::string decode_address_words(std::string_view text, std::vector<defect_kind>& defects);

}  // namespace postrider::mime
