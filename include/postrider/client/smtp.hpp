#pragma once
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <postrider/client/mail_run.hpp>
#include <postrider/client/options.hpp>
#include <postrider/client/server_url.hpp>
#include <postrider/client/smtp_error.hpp>
#include <postrider/core/octets.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/wire.hpp>
#include <postrider/net/tls_peer.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::smtp {

/// A session with a mail server, whose verbs block until done or past their deadline. Movable; one thread at a time.
///
/// - Given a server, the constructor connects. A URL client opens the session whole: TLS as the URL asks, EHLO,
///   STARTTLS as the policy asks, and a login when the URL holds user and password. `client(host, port)` and
///   "host:port" do as smtplib.SMTP: they read the greeting and leave the rest to the verbs.
/// - Verbs throw smtp::error; those named `try_` return the same failure as a value.
/// - One-line verbs (ehlo, mail, rcpt, noop...) return the server's reply whatever its code, as in smtplib, and throw
///   only when there is none.
/// - A verb on a client without a connection is errc::server_disconnected. After a lost link, a timeout or a 421 the
///   link is closed and `connect` may be called again.
/// - The destructor closes; it does not converse. `quit` is the polite way.
class client {
public:
    client();
    explicit client(client_options);
    explicit client(std::string_view server, client_options = {});
    explicit client(char const* server, client_options options = {})
        : client(std::string_view(server), std::move(options)) {}
    client(std::string host, std::uint16_t port, client_options = {});
    explicit client(server_url const&, client_options = {});
    ~client();
    client(client&&) noexcept;
    client& operator=(client&&) noexcept;

    // Connecting. `server` is a URL or host[:port], as for the constructor; port 0 means the usual one.

    reply connect(std::string host, std::uint16_t port);
    reply connect(std::string_view server);
    reply connect();  ///< to the same server as before
    result<reply> try_connect(std::string host, std::uint16_t port);
    result<reply> try_connect(std::string_view server);
    result<reply> try_connect(server_url const&);
    result<reply> try_connect();
    reply quit();           ///< QUIT, then closes whatever the server says
    void close() noexcept;  ///< without a word
    bool is_connected() const noexcept;

    // Opening the session by hand

    reply ehlo(std::string name = {});
    reply helo(std::string name = {});
    void ehlo_or_helo_if_needed();
    bool has_extn(std::string_view keyword) const;
    reply starttls();  ///< with the TLS options of the client
    reply starttls(net::tls_options);
    result<reply> try_starttls();
    reply login(std::string user, std::string secret);
    /// errors     errc::not_supported; ::authentication_error, also when every mechanism would show the secret in clear
    result<reply> try_login(std::string user, std::string secret);
    /// The same with a token, or as somebody else.
    reply login(sasl::credentials);
    result<reply> try_login(sasl::credentials);

    // Sending

    /// Renders the message, takes the envelope from its fields and sends it to everyone. Some refused is no error: see
    /// the report. All refused is errc::recipients_refused. Bcc never leaves. Recipients for whom the server has no room
    /// in one message (LIMITS RCPTMAX, 452) get it in further transactions.                RFC 9422, RFC 5321 §4.5.3.1.10
    /// A server that closes, answers garbage, 421 or 500 to the first commands that are said together, or does not know
    /// the BDAT that it offers, is asked again over a new session without that, once, and only where nobody can have
    /// the message yet.
    /// throws     smtp::error; mime::error where the message has no sender or recipient, or cannot be rendered
    report send(mime::message const&);
    report send(envelope const&, mime::wire const&);
    result<report> try_send(mime::message const&);
    result<report> try_send(envelope const&, mime::wire const&, content_watch = {});
    result<report> try_send(addressed_wire const&, content_watch = {});
    /// `content` has CRLF line ends and is read once; it must not be used again after a failure.
    result<report> try_send(envelope const&, octet_reader& content, bool has_8bit, bool needs_smtputf8);

    /// Many messages over this session, waiting as little as the server's extensions allow: behind a distant server this
    /// is many times as fast as `send` after `send`. Nothing about one message ends the run; what ends the session does,
    /// and with CHUNKING up to client_options::messages_ahead may then be in doubt, each told as such. Recipients for whom the
    /// server has no room get their message later in the run; it is told when all of them have had their turn.
    /// returns    an outcome for each message in its place; errc::invalid_argument for one that cannot be rendered
    std::vector<result<report>> send_all(std::vector<mime::message> const&);
    /// The same for messages that are made while others are sent.
    /// returns    what ended the session, if something did     throws: what the run throws
    result<void> try_send_all(mail_run&);

    /// As smtplib: a lone CR or LF in `octets` becomes CRLF; returns who was refused; throws when everyone was.
    /// `mail_options`, `rcpt_options` are ESMTP parameters such as "RET=HDRS", added to those the client supplies.
    std::map<std::string, reply> sendmail(std::string const& from, std::vector<std::string> const& to,
                                          std::string_view octets, std::vector<std::string> const& mail_options = {},
                                          std::vector<std::string> const& rcpt_options = {});
    /// For `{"a@x", "b@x"}`, which would else be a string made of two pointers.
    std::map<std::string, reply> sendmail(std::string const& from, std::initializer_list<std::string> to,
                                          std::string_view octets, std::vector<std::string> const& mail_options = {},
                                          std::vector<std::string> const& rcpt_options = {}) {
        return sendmail(from, std::vector<std::string>(to), octets, mail_options, rcpt_options);
    }
    std::map<std::string, reply> sendmail(std::string const& from, std::string const& to, std::string_view octets,
                                          std::vector<std::string> const& mail_options = {},
                                          std::vector<std::string> const& rcpt_options = {});
    /// `send`, returning who was refused; `from` and `to` stand in for the message's own when they are given.
    std::map<std::string, reply> send_message(mime::message const&, std::string const& from = {},
                                              std::vector<std::string> const& to = {});

    // One command at a time

    reply mail(std::string reverse_path, std::vector<std::string> const& options = {});
    reply rcpt(std::string forward_path, std::vector<std::string> const& options = {});
    /// DATA, the octets with CRLF line ends and the final dot.       throws data_error when DATA itself is refused
    reply data(std::string_view octets);
    reply docmd(std::string_view command, std::string_view arguments = {});
    reply noop();
    reply rset();
    reply help(std::string_view arguments = {});
    reply verify(std::string_view address);
    reply vrfy(std::string_view address) { return verify(address); }
    reply expn(std::string_view address);

    // What is known

    bool does_esmtp() const noexcept;
    std::map<std::string, std::string, std::less<>> const& esmtp_features() const noexcept;
    std::optional<reply> const& helo_resp() const noexcept;
    std::optional<reply> const& ehlo_resp() const noexcept;
    client_engine const& engine() const noexcept;
    /// What the server showed in this session's handshake, or in one that failed; nothing in clear.
    std::optional<net::tls_peer> tls_peer() const;
    std::string tls_description() const;  ///< "TLSv1.3 TLS_AES_256_GCM_SHA384", or empty in clear

    /// 1 prints the dialogue to standard error, 2 with the time; secrets are masked. 0 ends it.
    void set_debuglevel(int level) noexcept;

protected:
    struct lmtp_tag {};
    client(lmtp_tag, std::string_view server, client_options);

private:
    struct state;
    std::unique_ptr<state> state_;
};

/// A client whose connection is TLS from its first octet, as smtplib.SMTP_SSL.
class ssl_client : public client {
public:
    explicit ssl_client(std::string host, std::uint16_t port = 465, client_options = {});
};

}  // namespace postrider::smtp
