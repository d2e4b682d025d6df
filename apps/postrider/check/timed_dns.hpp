#pragma once
#include <postrider/client/mail_dns.hpp>
#include <string>
#include <vector>

#include "session_steps.hpp"

namespace postrider::app {

/// The same questions; each answer, and the time it took, becomes a step: "MX", "A host", "TLSA _25._tcp.host", "TXT name".
/// Refers to `steps`.
delivery::mail_dns timed(delivery::mail_dns, std::vector<session_step>& steps);

/// "3 1 1 0d6f.." and "10 mx.example"
std::string to_string(dane::tlsa_record const&);
std::string to_string(delivery::mx_record const&);

}  // namespace postrider::app
