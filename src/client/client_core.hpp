#pragma once
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
#include <postrider/net/phase_timeouts.hpp>
#include <postrider/net/stream.hpp>
#include <postrider/net/tls.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dialogue_trace.hpp"
#include "outgoing.hpp"
#include "session_opening.hpp"

namespace postrider::smtp {

/// Everything of a client but its I/O: the blocking and the awaiting client each own one and drive its engine.
class client_core {
public:
    client_core(client_options, bool lmtp);

    // Before connecting

    /// A server as text, kept for now and for reconnecting. Nothing when it is one.
    std::optional<failed> choose(std::string_view server);
    void choose(server_url url);
    /// The connection is there, and this end of it has that address: it may have to stand for a name.
    void connected(net::endpoint const& local_end);
    /// A new session: a fresh engine and its TLS context. Nothing when all is well.
    std::optional<failed> prepare();
    opening_plan plan() const;

    // A conversation; the drivers need all of these

    client_engine& engine() noexcept { return engine_; }
    client_engine const& engine() const noexcept { return engine_; }
    std::optional<server_url> const& server() const noexcept { return server_; }
    net::phase_timeouts const& timeouts() const noexcept { return timeouts_; }
    net::tls_context_ptr const& tls() const noexcept { return tls_; }
    net::connect_options connect_options() const;

    std::optional<failed> use_tls(net::tls_options);  ///< for the next STARTTLS
    void begin_login(sasl::credentials);
    /// `mail`     until the operation is over: it takes the form that the server wants
    void begin_send(outgoing& mail);
    void begin_send_all(message_queue&);

    /// Whether what failed is to be tried again, once, over a new session and without an extension that the server
    /// gets wrong; from here on that one counts as not offered. Only a server that has taken nothing yet is suspected.
    bool distrusts(smtp::failure const&);
    void trust() noexcept { is_proven_ = true; }
    /// The session that there was when the message was begun, once more: a fresh engine, and how to open it.
    opening_plan start_over();

    // After it

    result<reply> outcome(error_code) const;
    result<void> success(error_code) const;
    result<smtp::report> outcome(error_code, outgoing const&) const;

    // Messages

    /// `from`, `to`   stand in for the message's own when they are given
    addressed_wire address(mime::message const&, std::string const& from = {},
                           std::vector<std::string> const& to = {}) const;
    outgoing render(mime::message const&, std::string const& from = {}, std::vector<std::string> const& to = {}) const;

    postrider::host const& host() const noexcept;
    client_options const& options() const noexcept { return options_; }
    void set_debuglevel(int level) noexcept { trace_->set_level(level); }

private:
    client_engine::options engine_options() const;
    bool is_on_this_host() const noexcept;
    starttls_policy effective_starttls() const noexcept;

    client_options options_;
    bool lmtp_;
    std::optional<server_url> server_;
    std::string local_address_;
    net::phase_timeouts timeouts_;
    net::tls_context_ptr tls_;

    // What a second session must be like
    std::optional<sasl::credentials> login_;
    bool was_secure_ = false, was_authenticated_ = false;
    bool is_proven_ = false;               // the server has taken a message in this session
    std::vector<std::string> distrusted_;  // extensions of this server

    std::unique_ptr<dialogue_trace> trace_;  // the engine points to it
    client_engine engine_;
};

/// Octets with CRLF wherever there was CR, LF or both.
std::string with_crlf(std::string_view octets);

/// What `text` names as a path: the address of `Name <a@b>`, else the text as it is.
std::string path_of(std::string_view text);

/// "SIZE=1000" and "SMTPUTF8" as parameters.
std::vector<parameter> parameters_of(std::vector<std::string> const& options);

/// An envelope and content as smtplib's sendmail is given them.
outgoing pack_sendmail(std::string const& from, std::vector<std::string> const& to, std::string_view octets,
                       std::vector<std::string> const& mail_options, std::vector<std::string> const& rcpt_options);

/// As smtplib returns it: who was refused, and how.
std::map<std::string, reply> refused_in(smtp::report const&);

}  // namespace postrider::smtp
