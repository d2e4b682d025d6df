#pragma once
#include <string>

#include "client_session.hpp"

/// The failures of a client, each worded for the person who has to do something about it.
namespace postrider::smtp::client_side {

/// The driver could not do a step: the link is lost.
failure link_failed(session&, error_code, phase);

/// A reply too long, one too many, or one that fits nowhere: who is out of step cannot be trusted with a message, so
/// the link is lost.
failure out_of_step(session&, phase, std::string detail);

/// The server said no. The session stays in step, unless the reply is a 421.
failure refused(errc, phase, blast_radius, reply said, std::string detail);

/// Nothing was sent: the caller must change something first.
failure unfit(errc, phase, std::string detail);

/// An operation on a session that is not there.
failure not_connected(phase);

}  // namespace postrider::smtp::client_side
