#pragma once
#include <string>

namespace CLI {
class App;
}

namespace postrider::app {

/// A client other than this machine, as a proxy or a filter in front of a server passes it on.
struct claimed_client {
    std::string proxy_version;                    ///< "v1", "v2"; empty: no PROXY line
    std::string proxy_source, proxy_destination;  ///< IP:PORT; both empty: the server is told of nobody
    std::string xclient;                          ///< attributes of Postfix's XCLIENT: "ADDR=192.0.2.1 NAME=mx.example"
};

void add_claimed_client(CLI::App& command, claimed_client& into);

/// The octets in front of the greeting, empty without a version.      The PROXY protocol, HAProxy, versions 1 and 2
/// errors     app::error: usage for addresses that are none, or not of one family
std::string proxy_header(claimed_client const&);

}  // namespace postrider::app
