#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <postrider/client/delivery_plan.hpp>
#include <postrider/net/tls_peer.hpp>
#include <string>
#include <vector>

#include "session_steps.hpp"

namespace postrider::app {

/// What a policy says of the server that answers.
struct tls_verdict {
    bool holds = false;
    std::string why;  ///< for people: which rule failed, or that none did
};

/// What came of knocking at a server's door.
struct server_probe {
    std::string host;
    std::vector<session_step> steps;
    std::optional<net::tls_peer> peer;  ///< nothing in clear
    std::map<std::string, std::string, std::less<>> extensions;
    std::optional<tls_verdict> dane, mta_sts;  ///< of policies that the domain has for it
    std::optional<smtp::failure> failure;      ///< why it would get no mail; nothing: it would
};

/// Opens a session as a delivery would; and one more for each policy, to say what each of them finds. A transcript, if the
/// options have one, takes all.
/// `policy`   of MTA-STS, enforced or in testing; null without
server_probe probe(delivery::hop const&, std::uint16_t port, smtp::client_options const& base,
                   mta_sts::policy const* policy);

}  // namespace postrider::app
