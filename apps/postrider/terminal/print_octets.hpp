#pragma once
#include <postrider/mime/wire.hpp>

namespace postrider::app {

/// A message on stdout, octet for octet as it would be sent.
/// errors     app::error: io_error
void print_octets(mime::wire const&);

}  // namespace postrider::app
