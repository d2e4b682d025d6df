#pragma once
#include <postrider/mime/message.hpp>
#include <string_view>

namespace postrider::app {

/// A message file as a letter with holes: what it says, composed anew, so that each row can be filled in. Its Date,
/// Message-ID and trace fields stay behind, for each row gets its own.
/// throws     mime::error: bad_address, ...: a field that cannot be written again
mime::message letter_from_eml(std::string_view octets);

}  // namespace postrider::app
