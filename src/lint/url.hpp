#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace postrider::lint {

/// The pieces of a URL as it is written.                                                                RFC 3986 §3
///     URL = scheme ":" ["//" [user "@"] host [":" port]] path ["?" query] ["#" fragment]
struct url_pieces {
    std::string scheme;  ///< in lower case; empty for a relative reference
    std::string user;    ///< empty where none is named
    std::string host;    ///< in lower case, percent-encoding undone; brackets stay
    std::string port;
    std::string rest;  ///< path, query and fragment
    bool has_authority = false;
};

/// Nothing for what is no URL: blanks or controls inside, a bad port, a web address without a host.
std::optional<url_pieces> take_apart(std::string_view url);

/// "%20" as a blank; what is no such escape stays.
std::string percent_decoded(std::string_view text);

/// Whether `host` is an address in numbers, also as one number or in hexadecimal, as browsers read them.
bool is_numeric(std::string_view host);

}  // namespace postrider::lint
