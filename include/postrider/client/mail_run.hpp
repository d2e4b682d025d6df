#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <postrider/core/octets.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/wire.hpp>
#include <postrider/proto/smtp/envelope.hpp>
#include <postrider/proto/smtp/failure.hpp>
#include <postrider/proto/smtp/report.hpp>

namespace postrider::smtp {

/// A message as it is sent: who sends it to whom, and its octets.
struct addressed_wire {
    smtp::envelope envelope;
    mime::wire wire;

    /// What the wire was rendered from, where there is no more in the wire than that, such as a signature. With it, the
    /// message takes the form that suits the server: attachments are left unencoded for one that takes BINARYMIME.
    /// Without it the octets are taken apart where the server lacks 8BITMIME and they need it: each leaf is encoded.
    std::shared_ptr<mime::message const> message{};
};

/// Stands between a message and the session to watch how far it is: given what reads the content of a transaction, it
/// returns what is read in its place.
using content_watch = std::function<std::unique_ptr<octet_reader>(std::unique_ptr<octet_reader>)>;

/// Many messages for one session, made one after the other while others are on their way: where they come from, and
/// who is told what became of each. For smtp::client::try_send_all and its awaiting sister.
///
/// An exception out of either ends the run: no further message is asked for, those on their way are seen to their end
/// and told, and then it is thrown by the verb.
class mail_run {
public:
    virtual ~mail_run() = default;

    /// The next message, or nothing when there are no more; then it is not asked again.
    virtual std::optional<addressed_wire> next() = 0;

    /// Whether next() has its message, or the end, at hand: small messages may then wait for it to be written together
    /// with it, which costs less. Of a run that waits for its messages each is written before the next is asked for.
    virtual bool next_is_at_hand() const noexcept { return false; }

    /// What became of a message that next() gave: once for each, in their order.
    /// `why`      nothing when somebody has it. Its radius tells whether the session goes on.
    virtual void done(smtp::report const&, std::optional<smtp::failure> const& why) = 0;
};

}  // namespace postrider::smtp
