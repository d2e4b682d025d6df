#pragma once
#include <coroutine>
#include <optional>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "client_trace.hpp"

namespace postrider::smtp::client_side {

/// What the operations of one client share: the link, as steps asked of the driver, and what is known of the server.
struct session {
    explicit session(client_engine::options o)
        : options(std::move(o)), trace(options.trace), room(limits::reply_read_octets) {}

    client_engine::options options;
    transcript trace;

    // The link
    bool in_step = false;     ///< greeted, and every command has had its reply
    std::vector<char> room;   ///< where replies are read
    std::string_view unread;  ///< the part of it that no reply has used yet
    reply_reader reader;
    std::string io_detail;  ///< what the driver tells of a failed step, for people

    // What is known
    bool secure = false;
    bool authenticated = false;
    sasl::channel_bindings bindings;
    bool does_esmtp = false;
    extensions offered;
    std::optional<reply> ehlo, helo;
    reply last_reply;
    std::size_t messages = 0;            ///< sent or tried in this session
    std::size_t recipients_by_hand = 0;  ///< RCPT commands taken since MAIL: LMTP answers each after the dot
    smtp::report report;
    smtp::failure failure;

    // Where the dialogue waits, and for what
    std::coroutine_handle<> waiting;
    step next;
    io_done last;

    struct performed {
        session& s;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> dialogue) const noexcept { s.waiting = dialogue; }
        io_done await_resume() const noexcept { return s.last; }
    };
    /// Hands `what` to the driver; awaiting it gives what came of it.
    performed perform(step what) noexcept {
        next = what;
        return {*this};
    }

    bool said_hello() const noexcept { return ehlo || helo; }
    void forget_hello() noexcept;  ///< as if neither EHLO nor HELO had been said
    void lose() noexcept;          ///< the link must not be used any more
};

}  // namespace postrider::smtp::client_side
