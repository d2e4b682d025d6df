#pragma once
#include <optional>
#include <postrider/proto/smtp/envelope.hpp>
#include <string>
#include <vector>

namespace postrider::devserver {

/// What a session knows of whom it talks to.
struct session_facts {
    std::string helo;   ///< what EHLO, HELO or LHLO said
    std::string peer;   ///< HOST:PORT, or what PROXY or XCLIENT said in its place
    std::string login;  ///< the user; empty without AUTH
    std::string tls;    ///< protocol and cipher; empty in clear
    bool lmtp = false;
    bool esmtp = false;
};

/// `peer` of a session whose client says by XCLIENT for whom it stands: HOST:PORT, or the host alone without a port;
/// empty where that is not known. Nothing where it says nothing of it.
std::optional<std::string> peer_in_xclient(std::vector<smtp::parameter> const& told);

/// How the message came, as "with" in a Received field says it: SMTP, ESMTP, LMTP, with S for TLS and A for a login.
///                                                                                                          RFC 3848
std::string protocol_of(session_facts const&);

/// {"from","parameters":[..],"to":[{"address","parameters":[..]}],"helo","peer","login","tls","protocol"}; what there
/// was not is null.
std::string to_json_text(smtp::envelope const&, session_facts const&);

}  // namespace postrider::devserver
