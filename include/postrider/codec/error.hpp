#pragma once
#include <system_error>

namespace postrider::codec {

enum class errc {
    unknown_charset = 1,  ///< neither UTF-8 nor a name that iconv knows
    unencodable,          ///< the text has a character that the charset lacks
    malformed,            ///< the input does not have the form its decoder reads
};

std::error_category const& category() noexcept;
std::error_code make_error_code(errc) noexcept;

}  // namespace postrider::codec

template <>
struct std::is_error_code_enum<postrider::codec::errc> : std::true_type {};
