#pragma once
#include "client_arguments.hpp"
#include "client_session.hpp"

/// What messages need of a server that not every server has.
namespace postrider::smtp::client_side {

/// Why a message with these parameters cannot be given to this server: the extension that a parameter belongs to is
/// missing, or does not reach as far as is asked. A parameter of no extension that is known here is the caller's own
/// affair.                                          RFC 2852, RFC 3461, RFC 4865, RFC 6710, RFC 8689
objection check_offered(session const&, envelope const&);

/// Of the recipients in these places those that this server takes in one message: the first ones.           RFC 9422
std::vector<std::size_t> recipients_at_once(extensions const&, envelope const&, std::vector<std::size_t> places);

}  // namespace postrider::smtp::client_side
