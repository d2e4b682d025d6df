#pragma once
#include <postrider/net/tls.hpp>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace postrider::app {

/// What the command line or an account says of TLS; what is empty leaves the matter as it is.
struct tls_choice {
    std::string ca_file, certificate_file, key_file;
    std::vector<std::string> fingerprints;
    bool fingerprint_is_enough = false;
    std::vector<std::string> tlsa;
    std::string least_version;  ///< "1.2" or "1.3"
};

void add_tls_options(CLI::App& command, tls_choice& into, char const* group);

/// errors     app::error: usage for a fingerprint or TLSA record that is none, and for a key without its certificate.
void apply(tls_choice const&, net::tls_options& to);

}  // namespace postrider::app
