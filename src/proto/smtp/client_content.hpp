#pragma once
#include <optional>
#include <string_view>

#include "client_session.hpp"
#include "talk.hpp"

/// DATA, the content and what the server says of it.                                       RFC 5321 §4.1.1.4, §4.5.2
namespace postrider::smtp::client_side {

/// DATA and its 354; anything else is errc::data_error.
talk<> begin_content(session&);

/// What the reply to DATA is if it is no 354: errc::data_error.
std::optional<failure> no_to_data(session&, reply const&);

/// All of the content, dot-stuffed, and the final dot. A write that failed did not give the link its last octet, and
/// without the dot there is no message: so a failure leaves it unsent for certain, unless something goes out behind it.
/// `behind`   what goes out in the same write as the final dot: the commands of the next message. When that write fails
///            the message is in doubt.
talk<> write_content(session&, octet_reader& content, std::string_view behind = {});

/// A server that will not have the message may say so and close while it is being written: that counts for more than
/// that the write failed, which is what becomes of it where the server said nothing.
talk<> last_words(session&, failure write_failed);
/// Not where our own patience or interest ended.
bool may_have_spoken(failure const& write_failed) noexcept;

/// The content could not be read on after `done` octets. There is no way to take back a message that has begun but to
/// close the link before its end.
failure unreadable(session&, error_code, std::uint64_t done);

/// A yes or a no.
bool is_verdict(reply const&) noexcept;

/// The reply to a whole message. A link that ends before it, or a reply that is none, leaves the message in doubt.
/// RFC 1047
talk<reply> verdict(session&);

}  // namespace postrider::smtp::client_side
