#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <postrider/core/limits.hpp>
#include <postrider/core/result.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/step.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::pop3 {

/// A message in a maildrop, as a listing has it.
struct stored_message {
    std::string unique_id;     ///< 1 to 70 octets from "!" to "~"; the same in every session                §7 (UIDL)
    std::uint64_t octets = 0;  ///< as they leave: with CRLF line ends, and before dot-stuffing                  §11
};

/// Whose messages they are. The engine owns the protocol; calls come one at a time.
class server_handler {
public:
    virtual ~server_handler() = default;

    /// The maildrop of a user who has logged in, as it is now: what comes later is for the next session. Until the
    /// session is over no other one is to have it.                                                      RFC 1939 §4
    /// errors     std::errc::device_or_resource_busy: another session has it; all others: try again later
    virtual result<std::vector<stored_message>> open(std::string_view user) = 0;
    /// A message's octets; nothing when it is gone.
    virtual std::optional<std::string> read(std::string const& unique_id) = 0;
    /// The session ended in good order: these go now.
    /// returns    whether none of them is left.
    virtual bool remove(std::vector<std::string> const& unique_ids) = 0;
};

/// A POP3 server's side of one session.
/// RFC 1939 (USER, PASS, APOP, STAT, LIST, UIDL, RETR, TOP, DELE, RSET, NOOP, QUIT); CAPA, PIPELINING and RESP-CODES RFC 2449;
/// STLS RFC 2595; AUTH RFC 5034 with PLAIN; AUTH-RESP-CODE RFC 3206; UTF8 RFC 6856.
///
/// Messages leave with CRLF line ends, a lone CR or LF among them made whole, so that no line of a message can be taken
/// for its end. What was deleted goes at QUIT alone: a session that ends in any other way changes nothing.
///
/// One `resume` runs until it must read, write or start TLS; responses to pipelined commands are gathered into one
/// write, and of a message no more than limits::file_chunk_octets. A client that guesses waits: for each wrong secret
/// limits::auth_delay more than for the one before.
///
/// Deviation: messages are given as they are, also to who has not said UTF8 (RFC 6856 §5 would have them changed).
class server_engine {
public:
    struct options {
        std::string banner = "Postrider";
        bool offer_stls = false;
        bool login_in_clear = false;    ///< before TLS too; for loopback
        sasl::secret_lookup secret_of;  ///< null: everybody is let in
        std::string apop_seed;  ///< text unique for each session, "@" and a host; without it no APOP          §7 (APOP)
        std::size_t max_errors = limits::session_errors;  ///< commands that make no sense; 0: no limit
        options() {}
    };

    server_engine(options, server_handler&);
    ~server_engine();
    server_engine(server_engine&&) noexcept;

    /// Begins with the greeting; `finished` when the session is over and the stream should be closed. Its code is clear
    /// after QUIT, errc::limit_reached after a limit, else that of the I/O which failed. Silence ends the session
    /// without a word (RFC 1939 §3).
    step resume(io_done last);

    /// The stream is TLS from its first octet.
    void stream_is_secure() noexcept;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace postrider::pop3
