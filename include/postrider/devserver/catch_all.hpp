#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/devserver/fault_rule.hpp>
#include <postrider/devserver/inbox_rule.hpp>
#include <postrider/devserver/refuse_rule.hpp>
#include <postrider/devserver/release.hpp>
#include <postrider/devserver/server_manners.hpp>
#include <postrider/devserver/webhooks.hpp>
#include <postrider/lint/examine.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/net/endpoint.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::devserver {

/// What the dev server does; the defaults are those of `postrider catch`.
struct catch_options {
    net::endpoint smtp{"127.0.0.1", 1025, {}};  ///< port 0 picks a free one
    net::endpoint http{"127.0.0.1", 8025, {}};
    std::optional<net::endpoint> smtps;  ///< SMTP under TLS from the first octet, beside the other
    std::optional<net::endpoint> lmtp;   ///< LMTP, beside the other
    std::optional<net::endpoint> pop3;   ///< what was caught, for programs that read mail
    std::string store_file;              ///< an SQLite file, made if it is not there; empty: in memory
    bool discard = false;                ///< take messages of any size, count their octets and keep only the header
    std::size_t keep = 10'000;           ///< the oldest messages beyond this many are dropped; 0 keeps all
    std::chrono::seconds keep_for{0};    ///< older messages are dropped; 0 keeps all
    std::vector<inbox_rule> inboxes;     ///< where mail goes; none fits: to the inbox without a name
    std::string token;                   ///< what requests that change something must show; empty: one made at start
    bool serve_http = true;              ///< page and API; a program that asks this object may do without
    std::uint64_t stop_after = 0;        ///< end by itself after this many messages; 0: never
    std::vector<refuse_rule> rules;      ///< the first that matches a recipient refuses it
    std::vector<fault_rule> faults;      ///< what goes wrong on purpose; behind `rules`, which are faults at rcpt
    std::uint64_t fault_seed = 1;        ///< the same seed and the same dialogue meet the same faults
    std::optional<std::pair<std::string, std::string>> login;  ///< user and password; none: AUTH accepts everything
    std::string certificate_file;  ///< PEM, for TLS; empty: a certificate for localhost made at start
    std::string key_file;
    bool metrics = false;      ///< GET /metrics
    webhook_options webhooks;  ///< who is told of each message
    server_manners manners;
    release_options release;  ///< sending on what was caught; off without an account
    lint::outside outside;    ///< what the checks of a message may ask for; nothing leaves this machine without

    catch_options() {}
};

/// What is told of each message in a list.
struct caught_message {
    std::string id;               ///< opaque
    std::string from;             ///< the reverse-path
    std::vector<std::string> to;  ///< the forward-paths that were accepted
    std::string subject;          ///< decoded, UTF-8
    std::string date;             ///< the Date field as it stands in the message
    std::chrono::system_clock::time_point received;
    std::uint64_t size = 0;  ///< octets after unstuffing
    bool unread = true;
    bool discarded = false;  ///< only the header was kept
    std::string inbox;       ///< as catch_options::inboxes decided; "" is the one without a name
    std::vector<std::string> tags;
    std::uint64_t attachments = 0;
    std::string preview;  ///< the first 120 characters of its text
};

/// The dev server: takes every message that comes by SMTP, keeps it, and shows it as JSON and on a page.
///
///     devserver::catch_options options;
///     options.smtp.port = options.http.port = 0;
///     devserver::catch_server server(options);
///     server.start();                    // throws if a port is taken
///     server.run_in_background();
///     ... send to server.smtp() ...
///     auto mail = server.wait_for("to:ann@example.com subject:welcome", std::chrono::seconds(5));
///     assert(mail && server.message(mail->id)->get_body() ...);
///
/// It listens on loopback unless told otherwise, offers STARTTLS, and AUTH in clear on loopback. `messages`, `message`,
/// `raw`, `clear`, `wait_for` and `stop` may be called from any thread; everything else by the owner.
class catch_server {
public:
    explicit catch_server(catch_options options = {});
    ~catch_server();  ///< stops
    catch_server(catch_server&&) noexcept;
    catch_server& operator=(catch_server&&) noexcept;

    /// Opens the store, makes or reads the certificate and binds the ports.
    /// errors     the system's code (address in use), io_errc::tls_failed, std::errc::io_error for the store;
    ///            `why` says it for people, with the name of what failed.
    error_code start(std::string& why);
    void start();  ///< the same; throws std::system_error

    /// Puts a message into the store as if it had come, between start and run; its envelope is what its header says.
    /// returns    its id.                                errors: throws std::system_error for what the store refuses
    std::string add(std::string_view octets);

    /// The bound addresses, after start.
    net::endpoint smtp() const;
    net::endpoint http() const;
    net::endpoint smtps() const;  ///< nothing stands in it where it was not asked for
    net::endpoint lmtp() const;   ///< likewise
    net::endpoint pop3() const;   ///< likewise
    /// What requests that change something send as Postrider-Token.
    std::string const& token() const noexcept;
    /// The certificate that TLS shows, as PEM, where it was made at start: what a client may trust as its CA.
    std::string certificate_pem() const;

    /// Serves until stop(), or until `stop_after` messages were accepted and their sessions had a moment to end.
    /// Blocks.
    void run();
    /// Serves on a thread of its own, until stop() or the destructor.
    void run_in_background();
    /// Ends run() soon: sessions in progress are told 421. May be called more than once, before run(), from any thread
    /// and from a signal handler.
    void stop() noexcept;

    /// How many messages were accepted since start.
    std::uint64_t accepted() const noexcept;
    /// What is kept, newest first.
    std::vector<caught_message> messages() const;
    /// Those that a query finds, as in "from:ann subject:invoice -draft" (docs/dev-server.md).
    /// errors     throws std::system_error (invalid_argument) for a query that makes no sense, saying why.
    std::vector<caught_message> messages(std::string_view query) const;
    /// A message as it was received, after unstuffing. Nothing if there is no such id, or it was discarded.
    std::optional<std::string> raw(std::string_view id) const;
    /// The same as a value: `server.message(id)->get_body()`. `mime::parse(*raw(id))` shows its parts and defects.
    std::optional<mime::message> message(std::string_view id) const;
    /// Removes all messages, so that the next test begins with none; what is counted is not begun anew.
    void clear();
    /// Waits until `count` messages were accepted since start, or `timeout` has passed; returns what is kept, newest
    /// first.
    std::vector<caught_message> wait_for(std::uint64_t count, std::chrono::milliseconds timeout) const;
    /// The newest message that a query finds, as soon as there is one. Nothing when `timeout` has passed.
    /// errors     as messages(query)
    std::optional<caught_message> wait_for(std::string_view query, std::chrono::milliseconds timeout) const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace postrider::devserver
