#pragma once
#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <postrider/client/mail_run.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <utility>

#include "client_core.hpp"
#include "rounds.hpp"

namespace postrider::smtp {

/// A mail_run as the engine wants it: content that is read, and no exceptions. A message whose recipients are more than
/// the server takes at once comes again for the others, and its run is told when all of them have had their turn.
///     do {
///         ... send the queue ...
///     } while (queue.goes_on(was it sent to its end));
///     queue.finish(how it ended);
class run_queue final : public message_queue {
public:
    run_queue(mail_run& run, client_core& core) noexcept : run_(run), core_(core) {}

    std::optional<outgoing_message> next() override;
    bool next_is_at_hand() const noexcept override {
        return !waiting_.empty() || at_end_ || thrown_ || run_.next_is_at_hand();
    }
    void done(smtp::report, std::optional<smtp::failure> const&) override;

    /// Whether messages wait to be sent, which behind a failure is so only where the server gets an extension wrong.
    bool goes_on(bool well) const noexcept;
    /// Whether that takes a new session.
    bool starts_over() noexcept { return std::exchange(starts_over_, false); }
    /// Tells the run of those that had no other turn. Where a message has got to some of its recipients, the others are
    /// unsent for what ended the session.
    void finish(result<void> const& ended);
    /// Throws what the run threw, if it did.
    void rethrow() const;

private:
    struct entry {
        explicit entry(outgoing packed) : mail(std::move(packed)) {}
        rounds mail;
        std::unique_ptr<result<report>> put_off;  ///< what became of it, where it is to be asked again
        bool is_over = false;
    };

    outgoing_message offer(entry&);
    bool is_to_be_asked_again(result<report> const&);
    void tell_those_that_are_over();
    void tell(result<report> const&);

    mail_run& run_;
    client_core& core_;
    // Lists, since sessions may be many and most of them have little in each.
    std::list<entry> entries_;  // in the run's order; they stay where they are
    std::list<entry*> in_the_air_, waiting_;
    bool at_end_ = false;
    bool starts_over_ = false;
    std::exception_ptr thrown_;
};

}  // namespace postrider::smtp
