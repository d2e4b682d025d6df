#pragma once
#include <chrono>
#include <cstddef>
#include <postrider/core/result.hpp>
#include <span>
#include <string_view>
#include <variant>

/// What an engine asks of whoever does its I/O. An engine is a class with
///     step resume(io_done last);
/// that never waits, reads a clock or knows a socket. A driver does what the step says, as one piece, and calls
/// `resume` with what came of it, until the step is `finished`. Views in a step hold until the next `resume`.
namespace postrider {

/// Where in a dialogue we are: it selects the deadline, and a failure names it.
enum class phase {
    resolve,
    connect,
    tls,
    greeting,
    hello,  ///< EHLO, HELO, LHLO
    starttls,
    auth,
    mail_from,
    rcpt_to,
    data,         ///< DATA, until its 354
    content,      ///< octets of the message
    end_of_data,  ///< from the final dot (or last chunk) to the reply: a failure here leaves the message in doubt
    rset,
    command,  ///< NOOP, VRFY, EXPN, HELP and commands by hand
    quit,
};

/// The name as it stands in reports and messages: "mail_from", "end_of_data"...
std::string_view to_string(phase) noexcept;

/// Write all pieces, gathered.
struct send_bytes {
    std::span<std::string_view const> pieces;
    phase why;
    std::chrono::milliseconds after{0};  ///< let that much time pass first: a server makes a guessing client wait
};

/// Read at least one octet into `room`.
struct need_bytes {
    std::span<char> room;
    phase why;
    bool may_wait = true;  ///< false: no octet will do, too, and it is what there is at once that is read
};

/// Turn the stream into TLS. The engine has made sure that nothing it read in clear is left over; the driver must not
/// have read ahead.
struct start_tls {};

/// The operation is over. `ec` is clear when it did what it was asked; otherwise the engine tells the whole failure.
struct finished {
    error_code ec;
};

using step = std::variant<send_bytes, need_bytes, start_tls, finished>;

/// What came of a step. `bytes` is how many were read; an orderly end of the stream is `ec == io_errc::end_of_stream`.
struct io_done {
    error_code ec{};
    std::size_t bytes = 0;
};

/// What a driver reports beside the system's own codes.
enum class io_errc {
    end_of_stream = 1,  ///< the peer closed
    timed_out,          ///< the phase's deadline passed
    cancelled,          ///< the caller gave up
    tls_failed,         ///< handshake or record layer; certificate refused
    tls_truncated,      ///< closed without close_notify
};

std::error_category const& io_category() noexcept;
error_code make_error_code(io_errc) noexcept;

}  // namespace postrider

template <>
struct std::is_error_code_enum<postrider::io_errc> : std::true_type {};
