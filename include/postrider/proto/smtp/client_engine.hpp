#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/core/octets.hpp>
#include <postrider/core/trace.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/smtp/envelope.hpp>
#include <postrider/proto/smtp/failure.hpp>
#include <postrider/proto/smtp/reply.hpp>
#include <postrider/proto/smtp/report.hpp>
#include <postrider/proto/step.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::smtp {

enum class starttls_policy {
    off,       ///< never
    offered,   ///< when the server offers it; a refusal is a failure all the same
    required,  ///< or fail
};

/// What the server announced in its answer to EHLO.                                            RFC 5321 §4.1.1.1
class extensions {
public:
    /// Keywords in lower case with what stood behind them; AUTH mechanisms of `AUTH` and `AUTH=` lines joined.
    std::map<std::string, std::string, std::less<>> const& all() const noexcept { return keywords_; }
    bool has(std::string_view keyword) const;                     ///< compared without case
    std::string_view parameters(std::string_view keyword) const;  ///< empty if it has none or is not there
    std::vector<std::string> auth_mechanisms() const;             ///< in upper case, as offered
    std::optional<std::uint64_t> size_limit() const;              ///< SIZE; nothing when absent, 0 or no number
    /// LIMITS: "RCPTMAX", "MAILMAX", "RCPTDOMAINMAX"; nothing when absent, 0 or no number.                  RFC 9422
    std::optional<std::uint64_t> limit(std::string_view name) const;
    /// BINARYMIME with CHUNKING, which it needs, and PIPELINING, without which we do not chunk.              RFC 3030 §3
    bool takes_binary() const;
    bool empty() const noexcept { return keywords_.empty(); }

    /// The same without some keywords, as if the server had not offered them.
    extensions without(std::vector<std::string> const& keywords) const;

    /// From a positive reply to EHLO. Lines that begin with no keyword are skipped.
    static extensions parse(reply const& ehlo);

private:
    std::map<std::string, std::string, std::less<>> keywords_;
};

/// One message for begin_send. The engine needs to know nothing of MIME.
struct outgoing_message {
    std::shared_ptr<smtp::envelope const> envelope;  ///< never null
    octet_reader* content = nullptr;                 ///< read once, from front to back; never null
    bool has_8bit = false;                           ///< whether there are octets above 127 in it
    bool needs_smtputf8 = false;  ///< whether its header is beyond ASCII; the envelope is looked at anyway
    bool is_binary = false;       ///< whether there is more than lines in it, and no octet may change: RFC 3030 §3

    /// Called once, when the server has said what it offers and has heard nothing of the message: may put everything
    /// above but the forward-paths into another form. What it cannot mend stays as it is, and is refused.
    std::function<void(outgoing_message&, extensions const&)> fit{};
};

/// Messages that are to be sent over one session, one behind the other.
class message_queue {
public:
    virtual ~message_queue() = default;
    /// The next message, or nothing when there are no more; then it is not asked again. It may be asked for while the
    /// one before is still on its way: its content must be readable until it is done.
    virtual std::optional<outgoing_message> next() = 0;
    /// Whether next() would not have to wait for it. Then, with CHUNKING, the one before may be written together with it.
    virtual bool next_is_at_hand() const noexcept { return false; }
    /// What became of a message that next() gave: once for each, in their order.
    /// `why`  nothing when somebody has it. Its radius tells whether the session goes on.
    virtual void done(smtp::report, std::optional<smtp::failure> const& why) = 0;
};

/// An SMTP or LMTP client's side of a session: one operation after the other, over one stream.   RFC 5321, RFC 2033
///
/// An operation is begun by one of the `begin_` verbs, which sends nothing by itself, then driven by `resume` until
/// `finished`. Arguments are checked before anything is sent: a control character is errc::invalid_argument and the
/// session is untouched. After a failure whose radius is `session` the stream must be closed (`usable()` is false).
///
/// A single command (ehlo, helo, mail, rcpt, data, command, rset, quit) succeeds with whatever reply there is, which is
/// then `last_reply()`; it fails for its arguments, for a link that ends, and data for want of a 354. The other
/// operations judge the replies themselves. A 421 ends the session in either case: ask `usable()` after each operation.
/// An operation on a session that is not usable is errc::server_disconnected. One begun while another is under way ends
/// the session, since a reply to that one is still to come.
class client_engine {
public:
    struct options {
        std::string local_hostname;                            ///< what EHLO says
        bool lmtp = false;                                     ///< LHLO, and a reply for each recipient after the dot
        trace_sink* trace = nullptr;                           ///< must outlive the engine
        std::vector<std::string> ignored_extensions;           ///< keywords that are taken as not offered
        std::size_t messages_ahead = limits::flight_messages;  ///< with CHUNKING, of their replies; 1 at least
        std::string server_host;                               ///< whom we are talking to: some logins say it
        std::uint16_t server_port = 0;
        postrider::host const* host = nullptr;  ///< randomness for logins; null: system_host()
        options() {}
    };
    explicit client_engine(options);
    ~client_engine();
    client_engine(client_engine&&) noexcept;
    client_engine& operator=(client_engine&&) noexcept;

    // The operations
    void begin_greeting();                   ///< 220 or errc::connect_error
    void begin_hello();                      ///< EHLO, else HELO; LHLO for LMTP
    void begin_ehlo(std::string name = {});  ///< one of the two by hand; empty: local_hostname
    void begin_helo(std::string name = {});
    void begin_starttls();  ///< hello first if need be; forgets extensions after
    /// Hello first if need be. Tries what the server offers and `mechanisms` names, in their order (empty: any, the
    /// strongest first), until one succeeds. The next one is tried only where the server does not take the one before
    /// (504, 534, 538, 432); a secret that it refused is not sent again. Without TLS or `clear_text_allowed` no
    /// mechanism that shows the secret is tried. A token's source is asked once more when its token is refused.
    void begin_login(sasl::credentials, bool clear_text_allowed, std::vector<std::string> mechanisms = {});
    void begin_mail(std::string reverse_path, std::vector<parameter> = {});
    void begin_rcpt(std::string forward_path, std::vector<parameter> = {});
    void begin_data(octet_reader& content);                        ///< DATA, content, final dot
    void begin_command(std::string line, phase = phase::command);  ///< any one line; its reply is `last_reply()`
    void begin_rset();
    void begin_quit();  ///< the session is over whatever the server says
    /// The whole transaction: MAIL, RCPT for each, DATA, content. Afterwards `report()` holds every outcome and the
    /// session is in step for the next one unless it was lost. Some refused is no failure; all refused is. Recipients
    /// beyond what the server takes at once (LIMITS) are not named and `unsent`: they want a transaction of their own.
    /// The content must outlive the operation.
    void begin_send(outgoing_message);
    /// One message after another until the queue has no more: each gets its own outcome, and only what ends the session
    /// ends the operation. Waits as little as the server's extensions allow: four times a message without any; with
    /// PIPELINING once, since the next message's commands ride in the same write as the content; with CHUNKING not at
    /// all, while options::messages_ahead are on their way. Ends before the queue does where the server takes no more
    /// messages in a session (LIMITS MAILMAX).                                              RFC 2920, RFC 3030, RFC 9422
    void begin_send_all(message_queue&);

    step resume(io_done last);

    /// Told by the driver before it resumes with an error, if it knows more than the code says: "certificate verify
    /// failed: self-signed certificate". It becomes part of `failure().detail`.
    void io_detail(std::string detail);

    /// Told by the driver's owner: the stream is TLS from its first octet (smtps), or the link is gone.
    void stream_is_secure() noexcept;
    void stream_closed() noexcept;
    /// Told by the driver's owner after each handshake: what a login may be bound to.
    void channel_bindings(sasl::channel_bindings) noexcept;

    // What is known
    bool usable() const noexcept;  ///< greeted and in step
    bool secure() const noexcept;  ///< under TLS
    bool authenticated() const noexcept;
    bool said_hello() const noexcept;
    bool does_esmtp() const noexcept;
    extensions const& ehlo_extensions() const noexcept;
    std::optional<reply> const& ehlo_reply() const noexcept;
    std::optional<reply> const& helo_reply() const noexcept;
    reply const& last_reply() const noexcept;
    smtp::report const& report() const noexcept;    ///< of begin_send's message; a queue is told its own
    smtp::failure const& failure() const noexcept;  ///< after `finished` with an error

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace postrider::smtp
