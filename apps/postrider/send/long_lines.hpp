#pragma once
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>

namespace postrider::app {

/// Whether a line below the header is longer than limits::line_octets, which no server has to take. RFC 5321 §4.5.3.1.6
bool has_long_line(std::string_view message) noexcept;

/// The message with the parts that hold such lines encoded anew, in quoted-printable or base64, and all else as it is.
/// errors     app::error: bad_data where a signature forbids that
mime::wire with_short_lines(std::string octets, std::string const& name);

}  // namespace postrider::app
