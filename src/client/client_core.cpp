#include "client_core.hpp"

#include <postrider/core/host.hpp>
#include <postrider/mime/envelope.hpp>
#include <postrider/mime/render.hpp>
#include <utility>

#include "io_failure.hpp"
#include "misbehaviour.hpp"

namespace postrider::smtp {
namespace {

postrider::host const& host_of(client_options const& options) {
    return options.host ? *options.host : system_host();
}

/// As a domain may be written for a host that has none.                                     RFC 5321 §4.1.3, RFC 4291
std::string address_literal(std::string const& address) {
    if (address.empty()) return "[127.0.0.1]";
    if (address.find(':') == address.npos) return '[' + address + ']';
    return "[IPv6:" + address.substr(0, address.find('%')) + ']';
}

/// RFC 5321 §4.1.4: a host without a qualified name says the address that it connects from.
std::string hello_name(client_options const& options, std::string const& local_address) {
    if (!options.local_hostname.empty()) return options.local_hostname;
    auto name = host_of(options).name();
    return name.find('.') == name.npos ? address_literal(local_address) : name;
}

std::uint16_t default_port(bool lmtp) {
    return lmtp ? 2003 : 25;
}

}  // namespace

client_core::client_core(client_options options, bool lmtp)
    : options_(std::move(options)),
      lmtp_(lmtp),
      timeouts_(options_.timeout ? net::phase_timeouts::all(*options_.timeout) : options_.deadlines),
      trace_(std::make_unique<dialogue_trace>(options_.trace)),
      engine_(engine_options()) {}

client_engine::options client_core::engine_options() const {
    client_engine::options options;
    options.local_hostname = hello_name(options_, local_address_);
    options.lmtp = lmtp_ || (server_ && server_->kind == server_url::lmtp);
    options.trace = trace_.get();
    options.messages_ahead = options_.messages_ahead;
    options.ignored_extensions = options_.ignored_extensions;
    options.ignored_extensions.insert(options.ignored_extensions.end(), distrusted_.begin(), distrusted_.end());
    options.host = &host();
    if (server_) options.server_host = server_->where.host;
    if (server_) options.server_port = server_->where.port;
    return options;
}

postrider::host const& client_core::host() const noexcept {
    return host_of(options_);
}

std::optional<failed> client_core::choose(std::string_view server) {
    std::string why;
    auto url = parse_server(server, default_port(lmtp_), why);
    if (!url) return failed{bad_argument("\"" + std::string(server) + "\" names no server: " + why), {}, {}};
    choose(*std::move(url));
    return {};
}

void client_core::choose(server_url url) {
    server_ = std::move(url);
    distrusted_.clear();
}

void client_core::connected(net::endpoint const& local_end) {
    if (std::exchange(local_address_, local_end.host) == local_end.host) return;
    engine_ = client_engine(engine_options());
}

std::optional<failed> client_core::prepare() {
    if (!server_) return failed{bad_argument("there is no server to connect to: name one"), {}, {}};
    if (options_.timeout && options_.timeout->count() <= 0)
        return failed{bad_argument("a timeout must be more than zero"), {}, {}};
    engine_ = client_engine(engine_options());
    login_.reset();
    is_proven_ = false;
    tls_.reset();
    bool may_need_tls = server_->kind == server_url::smtps || plan().starttls != starttls_policy::off;
    if (may_need_tls) return use_tls(options_.tls);
    return {};
}

opening_plan client_core::plan() const {
    opening_plan plan;
    plan.preface = options_.preface;
    plan.tls_first = server_->kind == server_url::smtps;
    plan.hello = server_->opens_session;
    plan.starttls = effective_starttls();
    if (options_.starttls && server_->opens_session && !plan.tls_first) plan.starttls = *options_.starttls;
    if (!server_->password.empty()) plan.login = sasl::credentials{server_->user, server_->password, {}};
    plan.clear_text_login = options_.allow_clear_text_login_dangerously || is_on_this_host();
    plan.mechanisms = options_.mechanisms;
    return plan;
}

// "localhost" behind a proxy is the proxy's, and a way leads there that can be overheard.
bool client_core::is_on_this_host() const noexcept {
    return is_loopback(server_->where) && !options_.proxy;
}

starttls_policy client_core::effective_starttls() const noexcept {
    bool const is_silent = server_->kind == server_url::smtp && server_->opens_session && !server_->starttls;
    return options_.proxy && is_silent ? starttls_policy::required : server_->effective_starttls();
}

net::connect_options client_core::connect_options() const {
    net::connect_options options;
    options.source = options_.source_address;
    options.lookup = options_.lookup;
    options.proxy = options_.proxy;
    return options;
}

std::optional<failed> client_core::use_tls(net::tls_options options) {
    std::string why;
    if (!options_.tls_cache) options_.tls_cache = std::make_shared<net::tls_cache>();
    auto made = options_.tls_cache->context_for(options, server_ ? server_->where : net::endpoint(), why);
    if (!made) return failed{failure_of_io(made.error(), phase::tls, std::move(why)), {}, {}};
    tls_ = *std::move(made);
    return {};
}

void client_core::begin_login(sasl::credentials who) {
    login_ = who;
    engine_.begin_login(std::move(who), plan().clear_text_login, options_.mechanisms);
}

void client_core::begin_send(outgoing& mail) {
    was_secure_ = engine_.secure();
    was_authenticated_ = engine_.authenticated();
    engine_.begin_send(for_engine(mail, host()));
}

void client_core::begin_send_all(message_queue& queue) {
    was_secure_ = engine_.secure();
    was_authenticated_ = engine_.authenticated();
    engine_.begin_send_all(queue);
}

bool client_core::distrusts(smtp::failure const& why) {
    if (is_proven_ || !distrusted_.empty()) return false;
    auto extension = misused_extension(why, engine_.ehlo_extensions());
    if (extension.empty()) return false;
    distrusted_.push_back(std::move(extension));
    return true;
}

opening_plan client_core::start_over() {
    engine_ = client_engine(engine_options());
    auto same = plan();
    same.hello = true;
    if (!same.tls_first) same.starttls = was_secure_ ? starttls_policy::required : starttls_policy::off;
    if (login_) same.login = login_;
    if (!was_authenticated_) same.login.reset();
    return same;
}

result<reply> client_core::outcome(error_code ec) const {
    if (ec) return failed{engine_.failure(), {}, {}};
    return engine_.last_reply();
}

result<void> client_core::success(error_code ec) const {
    if (ec) return failed{engine_.failure(), {}, {}};
    return {};
}

result<smtp::report> client_core::outcome(error_code ec, outgoing const& mail) const {
    auto report = engine_.report();
    report.message_id = mail.message_id;
    report.size = mail.size;
    if (ec) return failed{engine_.failure(), std::move(report), mail.envelope->reverse_path};
    return report;
}

addressed_wire client_core::address(mime::message const& message, std::string const& from,
                                    std::vector<std::string> const& to) const {
    mime::render_options options;
    options.host = &host();
    smtp::envelope envelope;
    if (from.empty() || to.empty()) {
        auto people = mime::envelope_of(message);
        envelope.reverse_path = std::move(people.reverse_path);
        for (auto& address : people.forward_paths) envelope.forward_paths.push_back({std::move(address), {}});
    }
    if (!from.empty()) envelope.reverse_path = path_of(from);
    if (!to.empty()) envelope.forward_paths.clear();
    for (auto const& address : to) envelope.forward_paths.push_back({path_of(address), {}});
    // The caller keeps the message while it is sent.
    std::shared_ptr<mime::message const> borrowed(std::shared_ptr<void>(), &message);
    return {std::move(envelope), mime::render(message, options), std::move(borrowed)};
}

outgoing client_core::render(mime::message const& message, std::string const& from,
                             std::vector<std::string> const& to) const {
    return pack(address(message, from, to));
}

}  // namespace postrider::smtp
