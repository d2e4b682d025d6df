#include <unistd.h>

#include <boost/asio/post.hpp>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/net/tls.hpp>
#include <system_error>

#include "catch_state.hpp"
#include "imported.hpp"

namespace postrider::devserver {
namespace {

using std::chrono::milliseconds;

search_query parsed(std::string_view query) {
    complaint why;
    auto parsed = parse_search_query(query, why);
    if (!parsed) throw std::system_error(parsed.error(), "the query, " + why.text);
    return *std::move(parsed);
}

}  // namespace

catch_server::catch_server(catch_options options) : state_(std::make_unique<state>(std::move(options))) {}
catch_server::catch_server(catch_server&&) noexcept = default;

catch_server& catch_server::operator=(catch_server&& other) noexcept {
    if (this == &other) return *this;
    if (state_) stop();
    state_ = std::move(other.state_);
    return *this;
}

catch_server::~catch_server() {
    if (state_) stop();
}

error_code catch_server::start(std::string& why) {
    auto ec = state_->open_store(why);
    if (!ec) ec = state_->make_tls(why);
    if (!ec) ec = state_->listen(why);
    return ec;
}

void catch_server::start() {
    std::string why;
    if (auto ec = start(why)) throw std::system_error(ec, why);
}

std::string catch_server::add(std::string_view octets) {
    auto fresh = imported_message(std::string(octets));
    fresh.describe_itself();
    return state_->messages->add(fresh).id;
}

net::endpoint catch_server::smtp() const {
    return state_->smtp.local();
}
net::endpoint catch_server::http() const {
    return state_->http.local();
}
net::endpoint catch_server::smtps() const {
    return state_->smtps.local();
}
net::endpoint catch_server::lmtp() const {
    return state_->lmtp.local();
}
net::endpoint catch_server::pop3() const {
    return state_->pop3.local();
}

std::string catch_server::certificate_pem() const {
    return state_->tls && state_->options.certificate_file.empty() ? net::certificate_pem(*state_->tls) : std::string();
}

void catch_server::run() {
    state_->io.run();
}

void catch_server::run_in_background() {
    state_->background = std::thread([&io = state_->io] { io.run(); });
}

void catch_server::stop() noexcept {
    // write() may be called where nearly nothing may: in a signal handler.
    std::uint64_t one = 1;
    [[maybe_unused]] auto written = ::write(state_->stop_told.native_handle(), &one, sizeof one);
}

std::uint64_t catch_server::accepted() const noexcept {
    std::lock_guard lock(state_->kept_mutex);
    return state_->kept;
}

std::string const& catch_server::token() const noexcept {
    return state_->options.token;
}

std::vector<caught_message> catch_server::messages() const {
    return state_->messages->list(UINT64_MAX, 0).messages;
}

std::vector<caught_message> catch_server::messages(std::string_view query) const {
    auto const found = state_->messages->search({parsed(query), {}}, store::deadline::max());
    return state_->messages->at(found->places);
}

std::optional<std::string> catch_server::raw(std::string_view id) const {
    auto message = state_->messages->find(id);
    return message && !message->discarded ? state_->messages->octets(id) : std::nullopt;
}

std::optional<mime::message> catch_server::message(std::string_view id) const {
    auto octets = raw(id);
    if (!octets) return std::nullopt;
    return mime::message_from_bytes(*std::move(octets));
}

void catch_server::clear() {
    state_->messages->clear();
    // Who listens is told on the thread that serves.
    boost::asio::post(state_->io, [&changes = state_->changes] { changes.publish({change::cleared, {}}); });
}

std::optional<caught_message> catch_server::wait_for(std::string_view query, milliseconds timeout) const {
    selection const meant{parsed(query), {}};
    auto const end = std::chrono::steady_clock::now() + timeout;
    for (bool in_time = true;;) {
        std::unique_lock lock(state_->kept_mutex);
        auto const seen = state_->kept;
        lock.unlock();
        if (auto found = state_->messages->newest(meant, {}, {}, store::deadline::max())) return found;
        if (!in_time) return std::nullopt;
        lock.lock();
        in_time = state_->kept_news.wait_until(lock, end, [&] { return state_->kept != seen; });
    }
}

std::vector<caught_message> catch_server::wait_for(std::uint64_t count, milliseconds timeout) const {
    {
        std::unique_lock lock(state_->kept_mutex);
        state_->kept_news.wait_for(lock, timeout, [&] { return state_->kept >= count; });
    }
    return messages();
}

}  // namespace postrider::devserver
