#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/devserver/catch_all.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arrival.hpp"
#include "ledger.hpp"
#include "search_query.hpp"
#include "transcript_line.hpp"

namespace postrider::devserver {

/// Which messages are meant: those that the query finds, of one inbox or of all.
struct selection {
    search_query query;
    std::optional<std::string> inbox;
};

/// What a selection found, newest first.
struct found_messages {
    std::vector<place> places;
    std::uint64_t unread = 0;
};

/// Part of a list, and how long all of it is.
struct message_page {
    std::uint64_t total = 0;
    std::uint64_t unread = 0;
    std::vector<caught_message> messages;
};

/// What may change of a message that is kept.
struct message_change {
    std::optional<bool> unread;
    std::optional<std::vector<std::string>> tags;  ///< instead of those it has
    std::vector<std::string> add_tags, remove_tags;
};

/// How much is kept.
struct store_bounds {
    std::size_t messages = 0;          ///< the oldest beyond so many go at prune_by_count(); 0 keeps all
    std::chrono::milliseconds age{0};  ///< older ones go at prune_by_age(); 0 keeps all
};

/// Caught messages, newest first, in memory or in a file. Safe from many threads. Ids rise with time, and their ends are
/// random: nobody guesses one. What the disk refuses throws std::system_error and leaves the store as it was. A file of a
/// former version is brought up to date when it is opened; one of a later version is refused.
class store {
public:
    using deadline = std::chrono::steady_clock::time_point;

    /// `file`     empty: in memory.
    store(std::string const& file, store_bounds, host const& = system_host());
    ~store();

    /// In a file the message and the dialogue that led to it are there together, or not at all.
    caught_message add(new_message const&);
    /// Lines that came after the message was kept: the reply to it, and how the session went on. They are written down
    /// when many have come, or at settle().
    void append_transcript(std::string_view id, std::vector<transcript_line> const&);
    /// Writes down what was put off.
    void settle();

    /// Of the messages that are still there, those that are now different.
    std::vector<caught_message> change(std::span<place const>, message_change const&);
    std::vector<caught_message> remove(std::span<place const>);  ///< those that were there
    void clear();

    /// What goes by the bounds, as it went: those that are beyond the number kept, and those that are too old.
    std::vector<caught_message> prune_by_count();
    std::vector<caught_message> prune_by_age();

    /// The messages that have these ids.
    std::vector<place> places_of(std::span<std::string const> ids) const;
    /// A page of all messages, or of an inbox: costs what its own rows cost.
    message_page list(std::uint64_t limit, std::uint64_t offset, std::optional<std::string_view> inbox = {}) const;
    /// Looks at every message, a few at a time, others having their turn in between. Nothing when the time is over.
    std::optional<found_messages> search(selection const&, deadline) const;
    std::vector<caught_message> at(std::span<place const>) const;

    std::optional<caught_message> find(std::string_view id) const;
    /// The newest message that is meant and `answers`, looked for as in search.
    std::optional<caught_message> newest(selection const&, std::string_view to, std::string_view subject,
                                         deadline) const;
    bool is_meant(std::string_view id, selection const&) const;

    /// Octets as they were received after unstuffing; those of the header alone for a discarded message.
    std::optional<std::string> octets(std::string_view id) const;
    /// Octets of those messages that grow when each line ends in CRLF, as POP3 gives them: their ids, and that size.
    std::map<std::string, std::uint64_t> sizes_with_crlf() const;
    std::optional<std::string> envelope(std::string_view id) const;  ///< as JSON
    std::optional<std::vector<transcript_line>> transcript(std::string_view id) const;

    ledger::sums count(std::optional<std::string_view> inbox = {}) const;
    std::map<std::string, ledger::sums, std::less<>> inboxes() const;
    std::map<std::string, std::uint64_t> tags() const;

    /// What the database had to do so far, for tests that count.
    struct effort {
        std::uint64_t rows_scanned = 0;
        std::uint64_t operations = 0;
    };
    effort done() const;

private:
    struct tables;

    // Of these each is called under the lock.
    std::vector<caught_message> remove_together(std::span<place const>);
    void settle_dialogues() const;

    host const& host_;
    store_bounds bounds_;
    std::unique_ptr<tables> tables_;
    mutable std::mutex one_at_a_time_;
};

/// Whether a forward-path has the form of `to` (matches_pattern) and the subject holds `subject`, whatever the case;
/// empty asks nothing.
bool answers(caught_message const&, std::string_view to, std::string_view subject);

}  // namespace postrider::devserver
