#pragma once
#include <filesystem>
#include <postrider/core/result.hpp>
#include <string>
#include <system_error>

namespace postrider::folder {

/// Why a folder could not be read or written, and which file it was about.
struct failure {
    error_code code;  ///< the system's; compares with std::errc
    std::filesystem::path path;
    friend bool operator==(failure const&, failure const&) = default;
};

/// "Mail/new: Permission denied". Names come from disk and may hold any octets.
std::string to_string(failure const&);

template <class T>
using result = postrider::result<T, failure>;

/// `r.value()` throws std::filesystem::filesystem_error with code and path.
[[noreturn]] void throw_exception_from_error(failure const&, boost::source_location const&);

}  // namespace postrider::folder
