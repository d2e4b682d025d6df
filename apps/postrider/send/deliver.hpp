#pragma once
#include <functional>
#include <optional>
#include <postrider/client/smtp.hpp>
#include <string>
#include <string_view>

#include "compose.hpp"
#include "json_report.hpp"
#include "server/choice.hpp"

namespace postrider::app {

/// Takes one line about what is being done.
using tell_step = std::function<void(std::string_view)>;

/// The report of a message of which nobody has heard: each recipient unsent.
smtp::report nothing_sent(outgoing const&);

/// As it stands before the first word with the server.
send_outcome nothing_yet(server_choice const&, outgoing const&);

/// Connects and logs in, if there is a user. What went wrong, or nothing.
std::optional<smtp::failed> open_session(smtp::client&, server_choice const&, std::string const& secret,
                                         tell_step const&);

/// QUIT. The messages are delivered or not by now: a server that answers it badly changes nothing.
void part_politely(smtp::client&);

/// One session for one message: connect, log in if there is a user, send, quit. Draws the progress of a long one when
/// `show_progress` and stderr is a terminal.
/// returns    an outcome for every recipient of the envelope, whatever happened.
send_outcome deliver(server_choice const&, std::string const& secret, outgoing const&, bool show_progress,
                     tell_step const&);

}  // namespace postrider::app
