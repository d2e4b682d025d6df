#pragma once
#include <string_view>

namespace postrider::mime {

/// "image/png" for "photo.PNG"; empty for a name whose ending says nothing.
std::string_view type_of_name(std::string_view file_name) noexcept;

/// The usual ending of a name for that type: "png" for "image/png", "txt" for "text/plain"; empty where none is known.
/// `type`     without parameters, whatever its case.
std::string_view ending_of_type(std::string_view type) noexcept;

/// "image/png" for octets that begin as a PNG does; empty for what is not known. The first 512 octets are enough.
std::string_view type_of_octets(std::string_view first) noexcept;

/// By name, else by octets, else "application/octet-stream".
std::string_view guess_type(std::string_view file_name, std::string_view first) noexcept;

}  // namespace postrider::mime
