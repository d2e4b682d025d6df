#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "send/compose.hpp"

namespace postrider::app {

/// Where a message of a folder was found.
struct bulk_place {
    std::string file;
    std::optional<std::size_t> offset;  ///< in an mbox
};

/// "Mail/cur/1.host", "inbox.mbox:1024"
std::string to_string(bulk_place const&);

struct bulk_message {
    bulk_place place;
    outgoing mail;
    bool tried_before = false;
};

/// Messages from who reads them to those who send them: a few at a time, so that memory stays flat. For many threads.
class bulk_queue {
public:
    explicit bulk_queue(std::size_t room) : room_(room) {}

    /// Waits for room.                       returns     the message itself when nobody takes any more
    std::optional<bulk_message> push(bulk_message);
    /// Waits for one.                        returns     nothing when there will be none
    std::optional<bulk_message> pop();
    /// Whether one could be taken now.
    bool has_one();
    /// Waits until it is known whether there is one.
    bool has_more();
    /// One that was not sent, for whoever comes next.
    void give_back(bulk_message);

    void no_more();                         ///< said by who reads: what is here is the rest
    void close();                           ///< from now on nothing is handed out
    std::vector<bulk_message> take_rest();  ///< what nobody took, when all others are done

private:
    std::size_t room_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<bulk_message> waiting_;
    bool at_end_ = false, closed_ = false;
};

}  // namespace postrider::app
