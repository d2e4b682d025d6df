#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <postrider/core/limits.hpp>
#include <postrider/core/trace.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/smtp/envelope.hpp>
#include <postrider/proto/smtp/reply.hpp>
#include <postrider/proto/step.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::smtp {

class fault_injector;

/// What a session's owner wants to know and may decide. A verb returns the reply to send; a positive one lets the
/// session go on, any other refuses that command and nothing else. Calls come in the order of the dialogue:
///     stands_for? hello+ (mail rcpt* (begin_content content* (end_content | abort) | abort))*
/// where a verb that refuses leaves no trace, but for a begin_content, which abort follows. `content` that fails is not
/// called again for that message. A reply 421 ends the session too. Enhanced status codes may be left out of replies:
/// class.0.0 is supplied.
class server_handler {
public:
    virtual ~server_handler() = default;
    virtual reply hello(std::string_view name);  ///< default: 250
    /// XCLIENT, where it is taken: the session begins anew on behalf of another client. Values are decoded; one that is
    /// not known has no value.                                                          Postfix, XCLIENT_README
    virtual void stands_for(std::vector<parameter> const&) {}
    virtual reply mail(envelope const& so_far);  ///< reverse-path and parameters stand in `so_far`
    virtual reply rcpt(envelope const& so_far, forward_path const& asked) = 0;
    virtual reply begin_content(envelope const&);             ///< DATA or the first BDAT; default: 354
    virtual error_code content(std::string_view octets) = 0;  ///< unstuffed, in pieces; an error is 451 at the end
    virtual reply end_content(envelope const&) = 0;           ///< a positive reply takes responsibility
    /// LMTP's end of content: a reply for each of the envelope's forward-paths, in their order; where one is missing
    /// 451 is said. By default `end_content` is asked once and its reply stands for all.            RFC 2033 §4.2
    virtual std::vector<reply> lmtp_end_content(envelope const&);
    virtual void abort() noexcept {}  ///< the transaction is over without a message
};

/// An SMTP or LMTP server's side of one session.
/// RFC 5321, LMTP 2033; STARTTLS 3207; AUTH 4954; SIZE 1870; 8BITMIME 6152; SMTPUTF8 6531; PIPELINING 2920;
/// CHUNKING and BINARYMIME 3030; DSN 3461; ENHANCEDSTATUSCODES 2034.
///
/// Only CRLF ends a line and only CRLF.CRLF ends a message; a bare CR or LF inside is content, or refuses the message
/// when `strict_line_ends` says so. One `resume` runs until it must read, write or start TLS: replies to pipelined
/// commands are gathered into one write.
///
/// A message that stands in the way of a limit, of strict line ends or of its handler is read to its end and then
/// refused, so that the session stays in step. ESMTP parameters stand in the envelope as on the wire, checked: keywords
/// in upper case, xtext encoded. Paths stand without brackets and source route. Limits reached: 421 4.7.0 and the end
/// of the session. On the way there a client that guesses waits for its answers: limits::error_delay for each refusal
/// beyond limits::prompt_errors, and for each wrong secret limits::auth_delay more than for the one before. What a client says before the greeting cannot be told here from what it says right after it; MAIL
/// before EHLO is 503 5.5.1.
class server_engine {
public:
    struct options {
        std::string hostname = "localhost";
        std::string banner = "Postrider";
        bool lmtp = false;
        bool offer_starttls = false;
        bool require_tls = false;  ///< 530 to all but EHLO, STARTTLS, NOOP, RSET, QUIT before TLS
        bool offer_auth = false;
        bool auth_in_clear = false;  ///< offer AUTH before TLS too; for loopback
        bool require_auth = false;
        sasl::secret_lookup secret_of;        ///< where nothing at all is known of users, everybody is let in
        sasl::scram_lookup keys_of;           ///< SCRAM (and PLAIN, LOGIN) by what is kept of a password
        sasl::token_check user_of_token;      ///< OAUTHBEARER and XOAUTH2
        sasl::identity_check external_user;   ///< EXTERNAL: who the client is by its certificate, say
        bool allow_anonymous = false;         ///< ANONYMOUS
        std::vector<std::string> mechanisms;  ///< offer these alone of those that can be served; empty: all of them but
                                              ///< DIGEST-MD5
        std::string cram_seed;    ///< text unique for each session, "@" and a host; without it no CRAM-MD5, no SCRAM
        std::string auth_secret;  ///< of the server, the same for all sessions; without it no SCRAM, no DIGEST-MD5
        bool strict_line_ends = true;                        ///< bare CR or LF in content: 550 5.5.2 at the end
        std::uint64_t max_message = limits::message_octets;  ///< 0: no limit, and SIZE is announced without one
        std::size_t max_recipients = limits::recipients;
        std::size_t max_errors = limits::session_errors;        ///< 0: no limit and no delay, of wrong secrets neither
        std::size_t max_idle_commands = limits::idle_commands;  ///< 0: no limit
        std::vector<std::string> hidden_extensions;  ///< neither offered nor taken, by the keyword that EHLO would tell
        bool take_xclient = false;  ///< the client may say for whom it stands; for those who are trusted
        trace_sink* trace = nullptr;
        fault_injector* faults = nullptr;  ///< for those who test clients; outlives the engine
        options() {}
    };
    server_engine(options, server_handler&);
    ~server_engine();
    server_engine(server_engine&&) noexcept;

    /// Begins with the greeting; `finished` when the session is over and the stream should be closed. Its code is clear
    /// after QUIT, errc::limit_reached after a limit, else that of the I/O which failed. A read that timed out is
    /// answered with 421 4.4.2. `handler.abort()` has then been called if a transaction was open; the destructor calls
    /// it too.
    step resume(io_done last);

    /// The stream is TLS from its first octet.
    void stream_is_secure() noexcept;
    /// Told by the driver's owner after the handshake: what a login may be bound to.
    void channel_bindings(sasl::channel_bindings) noexcept;
    /// The driver's owner ends the session: the next `resume` says 421 4.3.2 with `why`, and the session finishes. A
    /// read that is under way must be made to return (cancelled, or with anything): what it brought is not looked at.
    void shut_down(std::string why);

    std::string const& client_name() const noexcept;  ///< what EHLO said
    std::string const& user() const noexcept;         ///< empty until authenticated
    bool secure() const noexcept;
    bool esmtp() const noexcept;
    bool in_transaction() const noexcept;
    phase current_phase() const noexcept;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace postrider::smtp
