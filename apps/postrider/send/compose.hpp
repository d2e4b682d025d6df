#pragma once
#include <postrider/client/mail_run.hpp>
#include <postrider/mime/message.hpp>
#include <string>

#include "exit_codes.hpp"
#include "options.hpp"

namespace postrider::app {

/// A message ready to go, and who sends it to whom.
using outgoing = smtp::addressed_wire;

/// Makes the message that the options describe, or reads the one they name.
/// `default_from`   whose letter it is when --from does not say.
/// errors           app::error: usage (no sender, no recipient, --inline or --header of the wrong form), bad_data (an
///                  address that is none, a control character, text that is no UTF-8), no_input (a file).
outgoing compose(send_options const&, std::string const& default_from);

/// What it is made of, for who has other people in it: subject, bodies, files and fields.
/// errors           app::error, as compose; mime::error
void add_content(mime::message&, send_options const&);

/// stdin can be read once.                                                                   errors: app::error: usage
void need_one_stdin(send_options const&);

exit_code exit_code_of(mime::error const&);

}  // namespace postrider::app
