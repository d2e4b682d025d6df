#include <postrider/client/smtp.hpp>
#include <postrider/net/drive.hpp>
#include <postrider/net/stream.hpp>
#include <utility>
#include <variant>

#include "client_core.hpp"
#include "io_failure.hpp"
#include "message_list.hpp"
#include "rounds.hpp"
#include "run_queue.hpp"

namespace postrider::smtp {

struct client::state {
    explicit state(client_options options, bool lmtp = false) : core(std::move(options), lmtp) {}

    client_core core;
    std::unique_ptr<net::blocking_stream> stream;
    std::optional<net::tls_peer> last_peer;  // of a session that failed: its stream is gone

    /// Runs an engine over the stream. What is no longer usable afterwards is closed. Without a stream the engine is
    /// out of step and says so before it asks for any I/O.
    template <class Engine>
    error_code drive(Engine& engine) {
        if (!stream) return std::get<finished>(engine.resume({})).ec;
        auto ec = net::drive(engine, *stream, core.timeouts(), core.tls(), core.server()->where.host);
        if (!core.engine().usable()) {
            last_peer = stream->tls_peer();
            close();
        }
        return ec;
    }

    /// One operation: `begin` starts it.
    template <class Begin>
    result<reply> perform(Begin begin) {
        begin(core.engine());
        auto ec = drive(core.engine());
        return core.outcome(ec);
    }

    result<report> send(outgoing mail) {
        rounds all(std::move(mail));
        while (all.another(send_round(all.current()))) {
        }
        return std::move(all).outcome();
    }

    /// Once more, over a new session, where the server seems to get an extension wrong.
    result<report> send_round(outgoing& mail) {
        auto first = send_once(mail);
        if (first) core.trust();
        bool const again = !first && core.distrusts(first.error().failure) && rewind(mail) && reopen();
        return again ? send_once(mail) : first;
    }

    result<report> send_once(outgoing& mail) {
        core.begin_send(mail);
        auto ec = drive(core.engine());
        return core.outcome(ec, mail);
    }

    result<void> send_all(run_queue& queue) {
        for (;;) {
            core.begin_send_all(queue);
            auto const ended = core.success(drive(core.engine()));
            if (!queue.goes_on(ended.has_value())) return ended;
            bool const takes_new_session = queue.starts_over() || !core.engine().usable();
            if (takes_new_session && !reopen()) return ended;
        }
    }

    result<reply> open(opening_plan plan) {
        std::string words;
        auto when = core.timeouts().until(phase::connect);
        auto connected = net::connect(core.server()->where, core.connect_options(), when, words);
        if (!connected) return failed{failure_of_io(connected.error(), phase::connect, std::move(words)), {}, {}};
        stream = *std::move(connected);
        core.connected(stream->local_endpoint());
        session_opening opening(core.engine(), std::move(plan));
        if (!drive(opening)) return core.engine().last_reply();
        if (stream) last_peer = stream->tls_peer();
        close();
        return failed{opening.failure(), {}, {}};
    }

    bool reopen() {
        close();
        return open(core.start_over()).has_value();
    }

    void close() noexcept {
        stream.reset();
        core.engine().stream_closed();
    }
};

namespace {

void throw_if(std::optional<failed> const& why) {
    if (why) throw_error(why->failure, why->report, why->sender);
}

std::string command_line(std::string_view command, std::string_view arguments) {
    std::string line(command);
    if (!arguments.empty()) (line += ' ') += arguments;
    return line;
}

}  // namespace

client::client() : client(client_options()) {}
client::client(client_options options) : state_(std::make_unique<state>(std::move(options))) {}

client::client(std::string_view server, client_options options) : client(std::move(options)) {
    if (!server.empty()) connect(server);
}

client::client(std::string host, std::uint16_t port, client_options options) : client(std::move(options)) {
    connect(std::move(host), port);
}

client::client(server_url const& server, client_options options) : client(std::move(options)) {
    try_connect(server).value();
}

client::client(lmtp_tag, std::string_view server, client_options options)
    : state_(std::make_unique<state>(std::move(options), true)) {
    if (!server.empty()) connect(server);
}

client::~client() = default;
client::client(client&&) noexcept = default;
client& client::operator=(client&&) noexcept = default;

ssl_client::ssl_client(std::string host, std::uint16_t port, client_options options) : client(std::move(options)) {
    server_url server;
    server.kind = server_url::smtps;
    server.where.host = std::move(host);
    server.where.port = port;
    server.opens_session = false;
    try_connect(server).value();
}

// Connecting

result<reply> client::try_connect(server_url const& server) {
    state_->core.choose(server);
    return try_connect();
}

result<reply> client::try_connect(std::string_view server) {
    if (auto why = state_->core.choose(server)) return *why;
    return try_connect();
}

result<reply> client::try_connect(std::string host, std::uint16_t port) {
    if (port == 0) return try_connect(std::string_view(host));
    server_url server;
    server.where.host = std::move(host);
    server.where.port = port;
    server.opens_session = false;
    return try_connect(server);
}

result<reply> client::try_connect() {
    auto& core = state_->core;
    state_->close();
    state_->last_peer.reset();
    if (auto why = core.prepare()) return *why;
    return state_->open(core.plan());
}

reply client::connect() {
    return try_connect().value();
}
reply client::connect(std::string_view server) {
    return try_connect(server).value();
}
reply client::connect(std::string host, std::uint16_t port) {
    return try_connect(std::move(host), port).value();
}

reply client::quit() {
    auto said = state_->perform([](auto& engine) { engine.begin_quit(); });
    close();
    return std::move(said).value();
}

void client::close() noexcept {
    state_->close();
}
bool client::is_connected() const noexcept {
    return state_->stream != nullptr;
}

// Opening the session by hand

reply client::ehlo(std::string name) {
    return state_->perform([&](auto& engine) { engine.begin_ehlo(std::move(name)); }).value();
}

reply client::helo(std::string name) {
    return state_->perform([&](auto& engine) { engine.begin_helo(std::move(name)); }).value();
}

void client::ehlo_or_helo_if_needed() {
    if (is_connected() && state_->core.engine().said_hello()) return;
    state_->perform([](auto& engine) { engine.begin_hello(); }).value();
}

bool client::has_extn(std::string_view keyword) const {
    return engine().ehlo_extensions().has(keyword);
}

result<reply> client::try_starttls() {
    if (is_connected() && !state_->core.tls())
        if (auto why = state_->core.use_tls(state_->core.options().tls)) return *why;
    return state_->perform([](auto& engine) { engine.begin_starttls(); });
}

reply client::starttls() {
    return try_starttls().value();
}

reply client::starttls(net::tls_options options) {
    throw_if(state_->core.use_tls(std::move(options)));
    return try_starttls().value();
}

result<reply> client::try_login(sasl::credentials who) {
    return state_->perform([&](auto&) { state_->core.begin_login(std::move(who)); });
}

result<reply> client::try_login(std::string user, std::string secret) {
    return try_login({std::move(user), std::move(secret), {}});
}

reply client::login(sasl::credentials who) {
    return try_login(std::move(who)).value();
}

reply client::login(std::string user, std::string secret) {
    return try_login(std::move(user), std::move(secret)).value();
}

// Sending

result<report> client::try_send(mime::message const& message) {
    return state_->send(state_->core.render(message));
}

result<report> client::try_send(envelope const& envelope, mime::wire const& wire, content_watch watch) {
    return try_send(addressed_wire{envelope, wire}, std::move(watch));
}

result<report> client::try_send(addressed_wire const& mail, content_watch watch) {
    return state_->send(pack(mail, std::move(watch)));
}

result<report> client::try_send(envelope const& envelope, octet_reader& content, bool has_8bit, bool needs_smtputf8) {
    outgoing mail;
    mail.envelope = std::make_shared<smtp::envelope>(envelope);
    mail.size = content.size();
    mail.content = &content;
    mail.has_8bit = has_8bit;
    mail.needs_smtputf8 = needs_smtputf8;
    return state_->send(std::move(mail));
}

report client::send(mime::message const& message) {
    return try_send(message).value();
}
report client::send(envelope const& envelope, mime::wire const& wire) {
    return try_send(envelope, wire).value();
}

result<void> client::try_send_all(mail_run& run) {
    run_queue queue(run, state_->core);
    auto ended = state_->send_all(queue);
    queue.finish(ended);
    queue.rethrow();
    return ended;
}

std::vector<result<report>> client::send_all(std::vector<mime::message> const& messages) {
    message_list list(state_->core, messages);
    auto ended = try_send_all(list);
    return std::move(list).outcomes(ended);
}

std::map<std::string, reply> client::sendmail(std::string const& from, std::vector<std::string> const& to,
                                              std::string_view octets, std::vector<std::string> const& mail_options,
                                              std::vector<std::string> const& rcpt_options) {
    auto mail = pack_sendmail(from, to, octets, mail_options, rcpt_options);
    return refused_in(state_->send(std::move(mail)).value());
}

std::map<std::string, reply> client::sendmail(std::string const& from, std::string const& to, std::string_view octets,
                                              std::vector<std::string> const& mail_options,
                                              std::vector<std::string> const& rcpt_options) {
    return sendmail(from, std::vector{to}, octets, mail_options, rcpt_options);
}

std::map<std::string, reply> client::send_message(mime::message const& message, std::string const& from,
                                                  std::vector<std::string> const& to) {
    return refused_in(state_->send(state_->core.render(message, from, to)).value());
}

// One command at a time

reply client::mail(std::string reverse_path, std::vector<std::string> const& options) {
    return state_->perform([&](auto& engine) { engine.begin_mail(path_of(reverse_path), parameters_of(options)); })
        .value();
}

reply client::rcpt(std::string forward_path, std::vector<std::string> const& options) {
    return state_->perform([&](auto& engine) { engine.begin_rcpt(path_of(forward_path), parameters_of(options)); })
        .value();
}

reply client::data(std::string_view octets) {
    auto content = with_crlf(octets);
    view_reader reader(content);
    return state_->perform([&](auto& engine) { engine.begin_data(reader); }).value();
}

reply client::docmd(std::string_view command, std::string_view arguments) {
    return state_->perform([&](auto& engine) { engine.begin_command(command_line(command, arguments)); }).value();
}

reply client::noop() {
    return docmd("NOOP");
}
reply client::rset() {
    return state_->perform([](auto& engine) { engine.begin_rset(); }).value();
}
reply client::help(std::string_view arguments) {
    return docmd("HELP", arguments);
}
reply client::verify(std::string_view address) {
    return docmd("VRFY", path_of(address));
}
reply client::expn(std::string_view address) {
    return docmd("EXPN", path_of(address));
}

// What is known

bool client::does_esmtp() const noexcept {
    return engine().does_esmtp();
}
std::map<std::string, std::string, std::less<>> const& client::esmtp_features() const noexcept {
    return engine().ehlo_extensions().all();
}
std::optional<reply> const& client::helo_resp() const noexcept {
    return engine().helo_reply();
}
std::optional<reply> const& client::ehlo_resp() const noexcept {
    return engine().ehlo_reply();
}
client_engine const& client::engine() const noexcept {
    return state_->core.engine();
}
std::string client::tls_description() const {
    return is_connected() ? state_->stream->tls_description() : std::string();
}
std::optional<net::tls_peer> client::tls_peer() const {
    return is_connected() ? state_->stream->tls_peer() : state_->last_peer;
}
void client::set_debuglevel(int level) noexcept {
    state_->core.set_debuglevel(level);
}

}  // namespace postrider::smtp
