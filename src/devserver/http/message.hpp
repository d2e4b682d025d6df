#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "problem.hpp"

namespace postrider::devserver {

/// A request, as far as this server looks at one.                                                              RFC 9110
struct http_request {
    std::string method;
    std::string target;                 ///< as in the request line
    std::string host;                   ///< the Host field
    std::optional<std::string> origin;  ///< the Origin field; browsers send it, other clients rarely do
    std::string token;                  ///< the Postrider-Token field
    std::string content_type;           ///< media type alone, in lower case
    std::string body;
    bool keep_alive = true;
    bool takes_chunks = true;  ///< HTTP/1.1
};

struct http_response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> fields;  ///< beyond those every response has; free of controls
};

/// {"error": the sentence, "code": what a program branches on, "args": {the values in the sentence}}
http_response error_response(complaint const&);
http_response error_response(problem, problem_values = {});

/// The head of the response, in which nothing of it may be sniffed, framed by strangers or kept. Content-Length is
/// `length`, or left out where the body has no known end.
std::string head_of(http_response const&, std::optional<std::size_t> length, bool keep_alive);

/// A Content-Disposition that saves under `name`, whatever octets it holds: the last component of a path, with an ASCII
/// form for old clients.                                                                                        RFC
/// 6266 §4, RFC 8187 §3.2
std::string attachment_disposition(std::string_view name);

/// Whether the Host field names this machine as a browser would that came here on purpose: localhost, 127.0.0.1 or
/// [::1], or `bound`, the address the server was told to listen on; with any port. A name that a stranger's DNS leads
/// here is none of them.
bool is_own_host(std::string_view host, std::string_view bound);

/// Whether a page of this server, reached as `host`, made the request. What sends no Origin is no page of a stranger's.
bool is_own_origin(std::optional<std::string> const& origin, std::string_view host);

}  // namespace postrider::devserver
