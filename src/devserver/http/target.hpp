#pragma once
#include <map>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::devserver {

/// What a request asks for, percent-decoded.
///     target = absolute-path [ "?" query ]                                                            RFC 9112 §3.2.1
struct http_target {
    std::vector<std::string> path;             ///< segments; empty for "/"
    std::map<std::string, std::string> query;  ///< the first value of each name

    bool has(std::string const& name) const { return query.contains(name); }
    /// The value, or an empty text.
    std::string const& operator[](std::string const& name) const;
};

/// errors     std::errc::invalid_argument
result<http_target> parse_target(std::string_view target);

}  // namespace postrider::devserver
