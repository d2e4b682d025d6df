#pragma once
#include "config.hpp"
#include "exit_codes.hpp"
#include "send/options.hpp"

namespace postrider::app {

/// Whether --eml names many messages: a Maildir, a folder of *.eml files or an mbox.
/// errors     app::error: no_input
bool names_a_folder(send_options const&);

/// Sends each of them, over as many connections as were asked for. One that cannot be sent, or is refused, is told and
/// the others go on. SIGINT and SIGTERM let what is on its way arrive; the rest is told as unsent.
/// errors     app::error, as send has them, before the first message was tried
exit_code send_folder(send_options const&, config const&);

}  // namespace postrider::app
