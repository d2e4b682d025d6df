#pragma once
#include <cstdint>
#include <string_view>

namespace postrider::mime {

/// The fields that may stand only once in a header section: of RFC 5322 §3.6, of RFC 2045 §3, and RFC 2183's.
enum class single_field : std::uint8_t {
    content_type,
    content_transfer_encoding,
    content_disposition,
    content_id,
    content_description,
    mime_version,
    date,
    from,
    sender,
    reply_to,
    to,
    cc,
    bcc,
    message_id,
    in_reply_to,
    references,
    subject,
    none  ///< any other field
};

single_field single_field_of(std::string_view field_name) noexcept;

}  // namespace postrider::mime
