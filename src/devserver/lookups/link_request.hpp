#pragma once
#include <optional>
#include <postrider/devserver/lookups.hpp>
#include <string>

namespace postrider::devserver {

/// Where a link leads next.
struct link_target {
    bool tls = false;
    std::string host;  ///< as it is looked up; an IPv6 address without its brackets
    std::uint16_t port = 0;
    std::string path;  ///< and query, never empty
};

/// Nothing for what is no http or https URL, or is of a port that other protocols have.
std::optional<link_target> target_of(std::string const& url);

/// `location` as it stands in an answer, absolute or not.                                          RFC 3986 §5.2
std::string joined(link_target const& from, std::string const& location);

struct link_head {
    unsigned status = 0;
    std::string location;  ///< empty: none
    std::string failure;   ///< why there is no answer
};

/// One request. The deadline is that of all of it.
link_head request_head(char const* verb, link_target const&, link_options const&, net::deadline);

}  // namespace postrider::devserver
