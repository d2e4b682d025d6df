#pragma once
#include <cstdint>
#include <postrider/core/limits.hpp>
#include <string>
#include <vector>

namespace postrider::devserver {

/// How the dev server behaves to clients, where it is to behave as the server that they will meet.
struct server_manners {
    std::uint64_t max_message = limits::message_octets;  ///< told with SIZE; 0: no limit
    bool require_login = false;                          ///< 530 to mail before AUTH
    bool require_tls = false;                            ///< 530 to mail in clear; AUTH is offered under TLS alone
    bool strict = false;  ///< only CRLF ends a line, and a message with CR or LF alone is refused; otherwise it is kept
    std::vector<std::string> hidden_extensions;  ///< neither offered nor taken, by EHLO's keywords
    bool proxy_protocol = false;  ///< every connection begins with a proxy's word for its client, or ends
    bool take_xclient = false;    ///< XCLIENT from loopback is believed

    server_manners() {}
};

}  // namespace postrider::devserver
