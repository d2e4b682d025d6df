#pragma once
#include <postrider/proto/smtp/failure.hpp>
#include <string>

namespace postrider::smtp {

/// What a failure outside the dialogue means: while connecting, or in a handshake before the greeting.
/// `words`    the system's or OpenSSL's, for people.
failure failure_of_io(error_code cause, phase where, std::string words);

/// TLS is required and the server does not offer it: stripped on the way, or not there.
failure no_starttls();

/// An argument or option that cannot be meant.
failure bad_argument(std::string detail);

}  // namespace postrider::smtp
