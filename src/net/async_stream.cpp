#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>
#include <vector>

#include "address_list.hpp"
#include "async_stream_state.hpp"
#include "gather.hpp"
#include "tls_context.hpp"

namespace asio = boost::asio;

namespace postrider::net {
namespace {

using asio_code = boost::system::error_code;

template <class Socket>
std::shared_ptr<async_stream::state> adopt(Socket socket) {
    return std::make_shared<async_stream::state>(async_stream::state::protocol::socket(std::move(socket)));
}

/// Our context as Asio wants it. Its stream takes a share of what is inside.
asio::ssl::context share(tls_context const& context) {
    SSL_CTX_up_ref(context.native());
    return asio::ssl::context(context.native());
}

void watch(async_stream::state& stream, deadline when) {
    stream.timer.expires_at(when);
    stream.timer.async_wait([weak = stream.weak_from_this(), turn = stream.turn](asio_code const& ec) {
        auto self = weak.lock();
        if (ec || !self || self->turn != turn) return;
        self->expired = true;
        asio_code ignored;
        self->socket.cancel(ignored);
        // A call of several operations may have been between two of them: look again until it has ended.
        watch(*self, deadline::clock::now() + std::chrono::milliseconds(50));
    });
}

}  // namespace

call_deadline::call_deadline(async_stream::state& stream, deadline when) : stream_(stream) {
    stream_.expired = false;
    watch(stream_, when);
}

call_deadline::~call_deadline() {
    ++stream_.turn;
    stream_.timer.cancel();
}

async_stream::state::state(protocol::socket connected)
    : socket(std::move(connected)), timer(socket.get_executor()), pauses(socket.get_executor()) {}

error_code async_stream::state::noted(error_code ec, std::string words) {
    detail = std::move(words);
    return ec;
}

error_code async_stream::state::noted(asio_code const& ec) {
    auto known = [this](io_errc e) { return noted(e, make_error_code(e).message()); };
    if (!ec) return {};
    if (expired) return known(io_errc::timed_out);
    if (ec == asio::error::operation_aborted) return known(io_errc::cancelled);
    if (ec == asio::error::eof) return known(io_errc::end_of_stream);
    if (ec == asio::ssl::error::stream_truncated) return known(io_errc::tls_truncated);
    if (ec.category() != asio::error::get_ssl_category()) return noted(error_code(ec), ec.message());
    return noted(io_errc::tls_failed, failure_words(tls->native_handle(), static_cast<unsigned long>(ec.value())));
}

asio::awaitable<error_code> async_stream::state::write_all(std::span<std::string_view const> pieces, deadline when) {
    call_deadline watching(*this, when);
    asio_code ec;
    if (!secure) {
        std::vector<asio::const_buffer> buffers;
        buffers.reserve(pieces.size());
        for (auto piece : pieces) buffers.emplace_back(piece.data(), piece.size());
        co_await asio::async_write(link, buffers, asio::redirect_error(asio::use_awaitable, ec));
        co_return noted(ec);
    }
    gatherer runs(pieces, std::span<char, tls_record_octets>(room.get(), tls_record_octets));
    for (auto run = runs.next(); !run.empty() && !ec; run = runs.next()) {
        asio::const_buffer buffer(run.data(), run.size());
        co_await asio::async_write(*tls, buffer, asio::redirect_error(asio::use_awaitable, ec));
    }
    co_return noted(ec);
}

asio::awaitable<result<std::size_t>> async_stream::state::read_some(std::span<char> into, deadline when) {
    call_deadline watching(*this, when);
    asio_code ec;
    std::size_t got = 0;
    asio::mutable_buffer buffer(into.data(), into.size());
    if (secure)
        got = co_await tls->async_read_some(buffer, asio::redirect_error(asio::use_awaitable, ec));
    else
        got = co_await link.async_read_some(buffer, asio::redirect_error(asio::use_awaitable, ec));
    if (ec) co_return noted(ec);
    co_return got;
}

asio::awaitable<error_code> async_stream::state::handshake(tls_context_ptr of, std::string host, handshake_side side,
                                                           deadline when) {
    if (!of || secure) co_return make_error_code(std::errc::invalid_argument);
    tls.reset();
    context = std::move(of);
    auto adopted = share(*context);
    tls.emplace(link, adopted);
    if (side == handshake_side::client && !expect_host(tls->native_handle(), *context, host, detail))
        co_return io_errc::tls_failed;
    room = std::make_unique_for_overwrite<char[]>(tls_record_octets);
    call_deadline watching(*this, when);
    asio_code ec;
    co_await tls->async_handshake(side, asio::redirect_error(asio::use_awaitable, ec));
    secure = !ec;
    if (!expired && (ec == asio::ssl::error::stream_truncated || ec == asio::error::eof))
        co_return noted(io_errc::tls_failed, "the peer closed the connection during the handshake");
    co_return noted(ec);
}

asio::awaitable<void> async_stream::state::pause(std::chrono::milliseconds time) {
    pauses.expires_after(time);
    asio_code ended_early;
    co_await pauses.async_wait(asio::redirect_error(asio::use_awaitable, ended_early));
}

asio::awaitable<void> async_stream::state::shut_down(deadline when) {
    if (secure) {
        call_deadline watching(*this, when);
        asio_code ignored;
        co_await tls->async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
    }
    close();
}

void async_stream::state::close() noexcept {
    asio_code ignored;
    socket.close(ignored);
    secure = false;
}

async_stream::async_stream(asio::ip::tcp::socket socket) {
    asio_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    state_ = adopt(std::move(socket));
}
async_stream::async_stream(asio::local::stream_protocol::socket socket) : state_(adopt(std::move(socket))) {}
async_stream::async_stream(asio::generic::stream_protocol::socket connected) : state_(adopt(std::move(connected))) {
    state_->link.listen_while_writing();
}
async_stream::async_stream(async_stream&&) noexcept = default;

async_stream& async_stream::operator=(async_stream&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
}

async_stream::~async_stream() {
    if (state_) state_->close();
}

asio::awaitable<error_code> async_stream::write_all(std::span<std::string_view const> pieces, deadline when) {
    return state_->write_all(pieces, when);
}

asio::awaitable<result<std::size_t>> async_stream::read_some(std::span<char> into, deadline when) {
    return state_->read_some(into, when);
}

asio::awaitable<error_code> async_stream::start_tls(tls_context_ptr context, std::string host, deadline when) {
    return state_->handshake(std::move(context), std::move(host), state::handshake_side::client, when);
}

asio::awaitable<error_code> async_stream::accept_tls(tls_context_ptr context, deadline when) {
    return state_->handshake(std::move(context), std::string(), state::handshake_side::server, when);
}

asio::awaitable<void> async_stream::shut_down(deadline when) {
    return state_->shut_down(when);
}

asio::awaitable<void> async_stream::pause(std::chrono::milliseconds time) {
    return state_->pause(time);
}

void async_stream::cancel() noexcept {
    asio_code ignored;
    state_->socket.cancel(ignored);
    state_->pauses.cancel();
}

void async_stream::close() noexcept {
    state_->close();
}
bool async_stream::is_open() const noexcept {
    return state_ && state_->socket.is_open();
}
bool async_stream::secure() const noexcept {
    return state_->secure;
}
endpoint async_stream::local_endpoint() const {
    return is_open() ? local_endpoint_of(state_->socket.native_handle()) : endpoint();
}
endpoint async_stream::peer_endpoint() const {
    return is_open() ? peer_endpoint_of(state_->socket.native_handle()) : endpoint();
}
std::string const& async_stream::last_error_detail() const noexcept {
    return state_->detail;
}

std::string async_stream::tls_description() const {
    return state_->secure ? describe(state_->tls->native_handle()) : std::string();
}

std::optional<tls_peer> async_stream::tls_peer() const {
    return state_->tls ? peer_of(state_->tls->native_handle()) : std::nullopt;
}

sasl::channel_bindings async_stream::channel_bindings() const {
    return state_->secure ? bindings_of(state_->tls->native_handle()) : sasl::channel_bindings();
}

asio::any_io_executor async_stream::get_executor() const {
    return state_->socket.get_executor();
}

}  // namespace postrider::net
