#pragma once
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/proto/smtp/reply.hpp>
#include <postrider/proto/step.hpp>
#include <string>
#include <system_error>

namespace postrider::smtp {

/// Why an operation failed. Each has an exception of the same name in client/smtp_error.hpp, and the same name is the
/// `type` in the program's JSON.
enum class errc {
    connect_error = 1,     ///< no connection, or a greeting other than 220
    helo_error,            ///< EHLO and HELO refused
    authentication_error,  ///< no mechanism was left that the server took
    sender_refused,        ///< MAIL refused
    recipients_refused,    ///< every RCPT refused
    data_error,            ///< DATA or the message refused
    server_disconnected,   ///< not connected, or the link ended where a reply was due
    not_supported,         ///< an extension is missing that the operation needs
    response_error,        ///< a reply that fits nowhere: too long, wrong class, out of step
    timeout,               ///< a deadline passed
    tls_error,             ///< STARTTLS missing or refused, certificate refused, clear text before TLS
    invalid_argument,      ///< a control character or an address that is none, found before anything was sent
    content_error,         ///< the content could not be read to its end; the link was closed before the final dot
    cancelled,             ///< the caller gave up
};

std::error_category const& smtp_category() noexcept;
error_code make_error_code(errc) noexcept;
/// "connect_error"...
char const* name_of(errc) noexcept;

/// How far a failure reaches.
enum class blast_radius {
    recipient,  ///< this forward-path; others may be fine
    message,    ///< this message; the session is in step and the next may be fine
    session,    ///< this connection; a new one may be fine
    next_hop,   ///< this server, for now
};

/// All that a program, an operator or a queue asks about what went wrong.
struct failure {
    error_code code{};  ///< an smtp::errc; compares with condition::transient and ::permanent
                        ///< by `said` where there is one: use is_transient()
    phase where = phase::command;
    blast_radius radius = blast_radius::session;
    bool in_doubt = false;        ///< the peer may hold the message: a repeat may double it (RFC 1047)
    std::optional<reply> said{};  ///< the peer's own words, if it answered
    error_code cause{};           ///< the system's, TLS's or source's code below, if there is one
    std::string detail{};         ///< for people: what, and what to do about it

    errc kind() const noexcept { return static_cast<errc>(code.value()); }
    /// Worth another try later, unchanged: a 4xx, a lost link, a timeout, in doubt.
    bool is_transient() const noexcept;
};

/// One line: "mail_from: 550 5.7.1 not you (sender_refused)". The peer's words are escaped.
std::string to_string(failure const&);

}  // namespace postrider::smtp

template <>
struct std::is_error_code_enum<postrider::smtp::errc> : std::true_type {};
