#pragma once
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

namespace postrider::codec::detail {

enum class charset_kind { utf8, us_ascii, latin1, hz, iso2022jp, iconv };

/// Where decoding goes on when iconv has met what it cannot decode, so that what follows is read in step.
enum class resume {
    at_next_octet,
    behind_pair,        ///< two octets make a character, when both have the high bit
    behind_two_octets,  ///< two octets always do
    behind_four_octets  ///< four octets always do
};

/// A charset, and how glibc's iconv is asked for it.
struct charset {
    std::string name;  ///< as registered with IANA, in lower case
    charset_kind kind;
    std::string reading;  ///< iconv's name when we decode: a superset, where mailers use one under this name
    std::string writing;  ///< iconv's name when we encode: nothing beyond what the name promises; both empty without it
    resume after_bad_octets = resume::at_next_octet;
};

/// Looks a charset up by any of the names it goes by. Case, hyphens and underscores do not count.
/// errors     errc::unknown_charset
result<charset> find_charset(std::string_view name);

}  // namespace postrider::codec::detail
