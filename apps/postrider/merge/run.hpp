#pragma once
#include <deque>
#include <functional>
#include <optional>
#include <postrider/client/mail_run.hpp>
#include <postrider/mime/merge.hpp>

#include "report.hpp"
#include "send/deliver.hpp"

namespace postrider::app {

/// A row as it is to be sent, or why it cannot be.
struct filled_row {
    row_place place;
    result<outgoing, mime::merge_failure> mail;
};

/// Told while the report is.
struct merge_watch {
    std::function<void()> before_bad_news;
    std::function<void()> behind_a_row;
};

/// Rows on their way through one connection after another. What became of each is told in the rows' order, whatever the
/// order in which it became known.
class merge_run final : public smtp::mail_run {
public:
    /// `next`     the next row, or nothing behind the last; may throw app::error
    /// `at_hand`  whether it never waits for a row
    merge_run(std::function<std::optional<filled_row>()> next, bool at_hand, merge_watch, server_choice const&,
              merge_report&);

    std::optional<smtp::addressed_wire> next() override;
    bool next_is_at_hand() const noexcept override { return at_hand_; }
    void done(smtp::report const&, std::optional<smtp::failure> const& why) override;

    void connected() noexcept;
    /// No connection, and so nothing that was given is on its way.
    void no_connection(smtp::failure const&);

    /// A row waits for another connection, or there may be more of them.
    bool wants_connection() const noexcept { return !failure_ && (!at_end_ || !rows_.empty()); }
    /// What ended the run before its last row.
    std::optional<smtp::failure> const& failure() const noexcept { return failure_; }

private:
    enum class state { waiting, on_its_way, over };
    struct open_row {
        filled_row row;
        state now = state::waiting;
        bool tried_before = false;
        std::optional<send_outcome> outcome = {};
    };

    open_row* next_waiting();
    bool read_row();
    void tell_finished();
    void tell(open_row const&);
    send_outcome outcome_of(open_row const&) const;

    std::function<std::optional<filled_row>()> next_;
    bool at_hand_;
    merge_watch watch_;
    server_choice const& where_;
    merge_report& report_;
    std::deque<open_row> rows_;  // in their order: waiting, on their way, or over behind one that is not
    bool at_end_ = false;
    bool connection_ended_ = false;
    bool connection_was_of_use_ = false;  // something was decided over it
    bool stopped_ = false;                // before a row that nobody has
    std::optional<smtp::failure> failure_;
};

/// Sends what the run gives through one connection. Where the server ends it between two messages, or says that it has
/// had enough, it is opened again, once for each message, and only where that cannot double one; not where it was of no
/// use at all.
void send_rows(merge_run&, server_choice const&, std::string const& secret, tell_step const&);

}  // namespace postrider::app
