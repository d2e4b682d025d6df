#pragma once
#include "client_session.hpp"
#include "talk.hpp"

/// DATA, the content and what the server says of it.                                       RFC 5321 §4.1.1.4, §4.5.2
namespace postrider::smtp::client_side {

/// DATA and its 354; anything else is errc::data_error.
talk<> begin_content(session&);

/// All of the content, dot-stuffed, and the final dot. A failure here leaves the message unsent for certain: a write
/// that failed did not give the link its last octet, and without the dot there is no message.
talk<> write_content(session&, octet_reader& content);

/// The reply to the final dot. A link that ends before it, or a reply that is none, leaves the message in doubt.
/// RFC 1047
talk<reply> verdict(session&);

}  // namespace postrider::smtp::client_side
