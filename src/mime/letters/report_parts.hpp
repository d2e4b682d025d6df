#pragma once
#include <postrider/mime/message.hpp>
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>

namespace postrider::mime {

/// multipart/report of three parts.                                                                       RFC 6522 §3
/// `type`     "delivery-status" or "disposition-notification"; `fields`, the block or blocks of it
message report_of(std::string_view type, std::string text, std::string const& fields, parsed_message const& original,
                  bool whole);

}  // namespace postrider::mime
