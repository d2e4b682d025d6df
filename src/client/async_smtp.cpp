#include <postrider/client/async_smtp.hpp>
#include <utility>

#include "async_state.hpp"
#include "message_list.hpp"

namespace asio = boost::asio;

/// The verbs, each of them over what async_state.hpp does.
namespace postrider::smtp {

async_client::async_client(asio::any_io_executor executor, std::string_view server, client_options options)
    : state_(std::make_unique<state>(std::move(executor), std::move(options))) {
    if (auto why = state_->core.choose(server)) throw_error(why->failure, why->report);
}

async_client::async_client(asio::any_io_executor executor, server_url server, client_options options)
    : state_(std::make_unique<state>(std::move(executor), std::move(options))) {
    state_->core.choose(std::move(server));
}

async_client::~async_client() = default;
async_client::async_client(async_client&&) noexcept = default;
async_client& async_client::operator=(async_client&&) noexcept = default;

asio::awaitable<result<reply>> async_client::async_try_connect() {
    auto& core = state_->core;
    state_->close();
    state_->last_peer.reset();
    if (auto why = core.prepare()) co_return *why;
    auto plan = core.plan();
    auto opened = co_await state_->open(std::move(plan));
    co_return opened;
}

asio::awaitable<result<reply>> async_client::async_try_login(sasl::credentials who) {
    state_->core.begin_login(std::move(who));
    co_return co_await state_->converse();
}

asio::awaitable<result<reply>> async_client::async_try_login(std::string user, std::string secret) {
    return async_try_login(sasl::credentials{std::move(user), std::move(secret), {}});
}

asio::awaitable<result<report>> async_client::async_try_send(mime::message message) {
    auto mail = state_->core.render(message);
    co_return co_await state_->send(std::move(mail));
}

asio::awaitable<result<report>> async_client::async_try_send(envelope envelope, mime::wire wire) {
    addressed_wire mail{std::move(envelope), std::move(wire)};
    co_return co_await async_try_send(std::move(mail));
}

asio::awaitable<result<report>> async_client::async_try_send(addressed_wire mail) {
    auto packed = pack(std::move(mail));
    co_return co_await state_->send(std::move(packed));
}

asio::awaitable<result<void>> async_client::async_try_send_all(mail_run& run) {
    run_queue queue(run, state_->core);
    auto ended = co_await state_->send_all(queue);
    queue.finish(ended);
    queue.rethrow();
    co_return ended;
}

asio::awaitable<std::vector<result<report>>> async_client::async_send_all(std::vector<mime::message> messages) {
    message_list list(state_->core, messages);
    auto ended = co_await async_try_send_all(list);
    co_return std::move(list).outcomes(ended);
}

// The throwing verbs. The outcome is named first: g++ 12 destroys temporaries of an awaiting expression twice.

asio::awaitable<reply> async_client::async_connect() {
    auto outcome = co_await async_try_connect();
    co_return std::move(outcome).value();
}

asio::awaitable<reply> async_client::async_login(std::string user, std::string secret) {
    auto outcome = co_await async_try_login(std::move(user), std::move(secret));
    co_return std::move(outcome).value();
}

asio::awaitable<reply> async_client::async_login(sasl::credentials who) {
    auto outcome = co_await async_try_login(std::move(who));
    co_return std::move(outcome).value();
}

asio::awaitable<report> async_client::async_send(mime::message message) {
    auto outcome = co_await async_try_send(std::move(message));
    co_return std::move(outcome).value();
}

asio::awaitable<report> async_client::async_send(envelope envelope, mime::wire wire) {
    auto outcome = co_await async_try_send(std::move(envelope), std::move(wire));
    co_return std::move(outcome).value();
}

asio::awaitable<reply> async_client::async_starttls() {
    auto& core = state_->core;
    if (!core.tls())
        if (auto why = core.use_tls(core.options().tls)) throw_error(why->failure, why->report);
    core.engine().begin_starttls();
    auto outcome = co_await state_->converse();
    co_return std::move(outcome).value();
}

asio::awaitable<reply> async_client::async_docmd(std::string line) {
    state_->core.engine().begin_command(std::move(line));
    auto outcome = co_await state_->converse();
    co_return std::move(outcome).value();
}

asio::awaitable<reply> async_client::async_noop() {
    return async_docmd("NOOP");
}

asio::awaitable<reply> async_client::async_rset() {
    state_->core.engine().begin_rset();
    auto outcome = co_await state_->converse();
    co_return std::move(outcome).value();
}

asio::awaitable<reply> async_client::async_quit() {
    auto outcome = co_await state_->quit();
    co_return std::move(outcome).value();
}

void async_client::cancel() noexcept {
    state_->cancel();
}

void async_client::close() noexcept {
    state_->close();
}
bool async_client::is_connected() const noexcept {
    return state_->stream.has_value();
}
client_engine const& async_client::engine() const noexcept {
    return state_->core.engine();
}
std::string async_client::tls_description() const {
    return state_->stream ? state_->stream->tls_description() : std::string();
}
std::optional<net::tls_peer> async_client::tls_peer() const {
    return state_->stream ? state_->stream->tls_peer() : state_->last_peer;
}
asio::any_io_executor async_client::get_executor() const {
    return state_->executor;
}

}  // namespace postrider::smtp
