#pragma once
#include <string>
#include <string_view>

namespace postrider::app {

/// Writes a file that is not there yet and that its owner alone may read. It is whole and on disk, or not there.
/// errors     app::error: io_error with the system's reason.
void write_new_secret(std::string const& file, std::string_view octets);

}  // namespace postrider::app
