#pragma once
#include <postrider/mime/message.hpp>
#include <string>

#include "send/options.hpp"

namespace postrider::app {

/// The letter that the options describe, or the one in the file that --eml names, with its holes.
/// errors     app::error, as compose
mime::message compose_letter(send_options const&, std::string const& default_from);

}  // namespace postrider::app
