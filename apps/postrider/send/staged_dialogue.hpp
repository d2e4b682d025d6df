#pragma once
#include <string>

#include "deliver.hpp"
#include "dialogue_end.hpp"

namespace postrider::app {

/// Goes through the dialogue up to the end of that stage, one command at a time, and then quits, or closes without a
/// word. Nobody gets the message.
/// returns    an outcome in which everybody is unsent, or refused; its failure is that of the stage that was not passed.
/// errors     app::error: usage for a stage that this server's URL or the options have none of
send_outcome rehearse(server_choice where, std::string const& secret, outgoing const&, dialogue_end const&,
                      tell_step const&);

}  // namespace postrider::app
