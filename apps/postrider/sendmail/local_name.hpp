#pragma once
#include <optional>
#include <postrider/mime/address.hpp>
#include <string>
#include <string_view>

namespace postrider::app {

/// Names of this machine's users, as programs of the system write them where an address belongs: "root", and
/// "root (Cron Daemon)", which is the name "Cron Daemon".
/// returns    the mailbox, whose address has no domain yet; nothing for what is no such name.
std::optional<mime::mailbox> parse_local_name(std::string_view text);

/// Who runs this program: login name and full name, from the system's list of users.
mime::mailbox this_user();

}  // namespace postrider::app
