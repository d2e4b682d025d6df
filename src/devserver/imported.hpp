#pragma once
#include <string>

#include "store/store.hpp"

namespace postrider::devserver {

/// A message that did not come by SMTP. Where LF alone ends its lines they end with CRLF from here on. Its envelope is told by its header: Return-Path, else Sender or From; To, Cc and
/// Bcc. Addresses that are none are left out.
new_message imported_message(std::string octets);

}  // namespace postrider::devserver
