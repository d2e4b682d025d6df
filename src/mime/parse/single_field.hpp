#pragma once
#include <cstdint>
#include <string_view>

namespace postrider::mime {

/// The fields that may stand only once in a header section: of RFC 5322 §3.6, of RFC 2045 §3, and RFC 2183's. In the
/// order of their names' length.
enum class single_field : std::uint8_t {
    to,
    cc,
    bcc,
    from,
    date,
    sender,
    subject,
    reply_to,
    content_id,
    message_id,
    references,
    in_reply_to,
    content_type,
    mime_version,
    content_disposition,
    content_description,
    content_transfer_encoding,
    none  ///< any other field
};

single_field single_field_of(std::string_view field_name) noexcept;

}  // namespace postrider::mime
