#pragma once
#include <postrider/dkim.hpp>
#include <string>

namespace postrider::app {

/// DNS as the machine is set up to ask it (resolv.conf), or the server named. Blocks: a few seconds at most.
/// `server`   an IPv4 address, perhaps with a port: "127.0.0.1:5353"; empty: the machine's.
/// errors     app::error: usage when `server` is no address.
dkim::txt_lookup ask_dns(std::string const& server);

/// Records from a file: a name, blanks, and the record on each line; '#' begins a comment line. No other name has any.
/// errors     app::error, as read_list
dkim::txt_lookup records_of_file(std::string const& file);

}  // namespace postrider::app
