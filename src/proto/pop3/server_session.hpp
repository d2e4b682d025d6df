#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <postrider/proto/pop3/server_engine.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "../smtp/server_input.hpp"
#include "server_content.hpp"

namespace postrider::pop3::server_side {

/// A message of the maildrop that is open. Its number is its place, from 1 on.                          RFC 1939 §5
struct listed_message {
    stored_message stored;
    bool deleted = false;  ///< goes at QUIT
};

/// One session: what the commands read and change.
struct session {
    session(server_engine::options, server_handler&);

    server_engine::options options;
    server_handler& handler;

    // AUTHORIZATION                                                                                   RFC 1939 §4
    std::string user_said;                             ///< by USER; empty: not yet
    std::unique_ptr<sasl::server_mechanism> exchange;  ///< of AUTH, while it goes on
    std::size_t auth_failures = 0;
    bool secure = false;
    bool tls_due = false;

    // TRANSACTION                                                                                     RFC 1939 §5
    bool logged_in = false;
    std::vector<listed_message> messages;

    smtp::server_side::input_buffer input{true};
    std::string output;                  ///< responses that wait to be written
    content_writer content;              ///< behind them
    std::chrono::milliseconds delay{0};  ///< before they are written
    std::size_t errors = 0;
    std::optional<error_code> over;  ///< the session is over once all is written; what `finished` says

    /// What the greeting ends with, in brackets; for APOP.
    std::string apop_timestamp() const { return '<' + options.apop_seed + '>'; }
    bool may_log_in() const noexcept { return secure || options.login_in_clear; }

    void ok(std::string_view words);
    void err(std::string_view words);
    void lines(std::string_view text);  ///< as they are, each with its CRLF
    /// A command that makes no sense: too many of them end the session.
    void nonsense(std::string_view words);
};

/// Runs one command, or takes one line of an AUTH exchange.
/// returns    whether it made progress; if not, more octets are needed.
bool read_line(session&);

using command = void(session&, std::string_view argument);
command capa, user, pass, apop, auth, stls, utf8;
command stat, list, uidl, dele, rset, noop, retr, top, quit;

/// A line of the client's while an exchange goes on.
void auth_response(session&, std::string_view line);

}  // namespace postrider::pop3::server_side
