#pragma once
#include <list>
#include <memory>
#include <optional>

#include "client_session.hpp"
#include "client_transaction.hpp"
#include "talk.hpp"

/// The ways to hold the dialogue about messages.
namespace postrider::smtp::client_side {

/// The messages that are still to be sent: those that this server can be given at all. The others are done when their
/// turn comes.
class outbound {
public:
    outbound(session& s, message_queue& queue) noexcept : session_(s), queue_(queue) {}

    /// Nothing when there are no more.
    std::unique_ptr<transaction> next();
    bool next_is_at_hand() const noexcept { return !at_end_ && queue_.next_is_at_hand(); }
    /// In the order in which next() gave them.
    void done(transaction&);

private:
    void tell(transaction&);

    session& session_;
    message_queue& queue_;
    std::list<std::unique_ptr<transaction>> order_;  ///< one that is on its way is nullptr, others are done behind it
    bool at_end_ = false;
};

/// The replies to the whole message: one, or in LMTP one for each recipient that was taken, in their order. RFC 2033
/// §4.2
talk<> take_verdicts(session&, transaction&);

// Each sends what there is until there is no more or the session is lost; every message that was taken from `outbound`
// is then done, with its outcome.

/// One command, one reply.                                                                client_one_by_one.cpp
talk<> send_one_by_one(session&, outbound&);
/// MAIL, RCPT.. and DATA in one write, and those of the next message behind the content.       client_pipelined.cpp
talk<> send_pipelined(session&, outbound&);
/// The same with BDAT, and without a wait.                                                      client_chunked.cpp
talk<> send_chunked(session&, outbound&);

}  // namespace postrider::smtp::client_side
