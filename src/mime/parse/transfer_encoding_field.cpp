#include <postrider/core/ascii.hpp>
#include <postrider/mime/field.hpp>

#include "blanks.hpp"
#include "comments.hpp"
#include "transfer_encoding_field.hpp"

namespace postrider::mime {

std::string parse_transfer_encoding(std::string_view field_body) {
    std::string encoding = ascii::lower(trim(without_comments(unfold(field_body))));
    return encoding.empty() ? "7bit" : encoding;
}

bool is_identity_encoding(std::string_view encoding) noexcept {
    return encoding == "7bit" || encoding == "8bit" || encoding == "binary";
}

bool is_uuencode(std::string_view encoding) noexcept {
    return encoding == "x-uuencode" || encoding == "uuencode" || encoding == "uue" || encoding == "x-uue";
}

}  // namespace postrider::mime
