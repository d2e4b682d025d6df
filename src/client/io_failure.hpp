#pragma once
#include <postrider/client/smtp_error.hpp>
#include <string>

namespace postrider::smtp {

/// What a failure outside the dialogue means: while connecting, or in a handshake before the greeting.
/// `words`    the system's or OpenSSL's, for people.
failure failure_of_io(error_code cause, phase where, std::string words);

/// TLS is required and the server does not offer it: stripped on the way, or not there.
failure no_starttls();

/// Of mail that was still to come when a session `ended`, well or not.
/// `unsent`   "this message; it is unsent"
failure session_over(result<void> const& ended, std::string const& unsent);

/// An argument or option that cannot be meant.
failure bad_argument(std::string detail);

}  // namespace postrider::smtp
