#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/core/trace.hpp>
#include <postrider/devserver/catch_all.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::devserver {

/// One line of the dialogue that brought a message.
struct transcript_line {
    std::chrono::system_clock::time_point at;
    trace_side from;
    std::string line;
};

/// A message on its way into the store, which supplies id and time.
struct new_message {
    std::string from;
    std::vector<std::string> to;
    std::string subject;
    std::string date;
    std::string octets;  ///< the message; its header alone when `discarded`
    std::uint64_t size = 0;
    bool discarded = false;
    std::vector<transcript_line> transcript;
};

/// Part of a list, and how long all of it is.
struct message_page {
    std::uint64_t total = 0;
    std::vector<caught_message> messages;
};

/// Caught messages, newest first, in memory or in a file. Safe from many threads. Ids are random: they say nothing and
/// lead nowhere. What the disk refuses throws std::system_error and leaves the store as it was.
class store {
public:
    /// `file`     empty: in memory.
    /// `keep`     the oldest messages beyond this many go when a new one comes; 0 keeps all.
    store(std::string const& file, std::size_t keep, host const& = system_host());
    ~store();

    caught_message add(new_message const&);
    /// Lines that came after the message was kept: the reply to it, and how the session went on.
    void append_transcript(std::string_view id, std::vector<transcript_line> const&);
    void mark_read(std::string_view id);
    bool remove(std::string_view id);  ///< whether it was there
    void clear();

    /// Messages whose reverse-path, forward-paths or subject hold `query`; ASCII letters compare without case.
    message_page list(std::uint64_t limit, std::uint64_t offset, std::string_view query) const;
    std::optional<caught_message> find(std::string_view id) const;
    /// The newest message that `answers`.
    std::optional<caught_message> newest(std::string_view to, std::string_view subject) const;
    /// Octets as they were received after unstuffing; those of the header alone for a discarded message.
    std::optional<std::string> octets(std::string_view id) const;
    std::optional<std::vector<transcript_line>> transcript(std::string_view id) const;

private:
    struct tables;

    void prune();

    host const& host_;
    std::size_t keep_;
    std::uint64_t count_ = 0;
    std::unique_ptr<tables> tables_;
    mutable std::mutex one_at_a_time_;
};

/// Whether a forward-path has the form of `to` (matches_pattern) and the subject holds `subject`; empty asks nothing.
bool answers(caught_message const&, std::string_view to, std::string_view subject);

}  // namespace postrider::devserver
