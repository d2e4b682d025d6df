#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <mutex>
#include <postrider/core/digest.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/net/tls.hpp>
#include <postrider/server/async_listener.hpp>
#include <system_error>
#include <thread>

#include "http_session.hpp"
#include "imported.hpp"
#include "pop3_sessions.hpp"
#include "smtp_sessions.hpp"
#include "webhooks.hpp"

namespace postrider::devserver {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr std::size_t slow_threads = 4;
constexpr milliseconds between_rounds{1000};
constexpr milliseconds between_looks{10};
constexpr milliseconds time_to_quit{5000};  // after the last message that was wanted
constexpr milliseconds time_to_hear_421{500};
constexpr milliseconds time_to_answer{1000};  // requests that are being answered

int new_eventfd() {
    int descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (descriptor < 0) throw std::system_error(errno, std::system_category(), "eventfd");
    return descriptor;
}

std::string random_token() {
    std::array<char, 16> octets;
    system_host().random(octets);
    return to_hex({octets.data(), octets.size()});
}

search_query parsed(std::string_view query) {
    complaint why;
    auto parsed = parse_search_query(query, why);
    if (!parsed) throw std::system_error(parsed.error(), "the query, " + why.text);
    return *std::move(parsed);
}

}  // namespace

/// Members stand in the order in which they are needed: coroutines that `io` destroys with itself still look at what
/// stands above it.
struct catch_server::state {
    explicit state(catch_options asked)
        : options(std::move(asked)), wanted(options.stop_after), faults(options.fault_seed) {
        if (options.token.empty()) options.token = random_token();
    }
    ~state();

    error_code open_store(std::string& why);
    error_code make_tls(std::string& why);
    error_code bind(std::string& why);
    error_code listen(std::string& why);
    void let_in(server::async_listener& by, entrance how);
    void let_readers_in();
    std::size_t sessions_going_on() const noexcept;
    void one_more_kept() noexcept;
    void make_site();

    asio::awaitable<void> end_when_told();
    asio::awaitable<void> keep_house();
    asio::awaitable<void> end(milliseconds patience);
    template <class Predicate>
    asio::awaitable<void> wait_until(Predicate const& done, milliseconds at_most);

    catch_options options;
    quota wanted;
    std::unique_ptr<store> messages;
    feed changes;
    std::optional<webhooks> hooks;
    metrics counted;
    net::tls_context_ptr tls;
    fault_book faults;
    std::optional<catch_services> services;
    std::optional<smtp_sessions> sessions;
    maildrop_locks maildrops;
    std::optional<site> page;
    std::size_t busy = 0;  // HTTP requests that are being answered

    mutable std::mutex kept_mutex;
    mutable std::condition_variable kept_news;
    std::uint64_t kept = 0;  // under kept_mutex

    asio::io_context io{1};
    asio::posix::stream_descriptor stop_told{io, new_eventfd()};
    server::async_listener smtp{io.get_executor(), limits::smtp_connections};
    server::async_listener smtps{io.get_executor(), limits::smtp_connections};
    server::async_listener lmtp{io.get_executor(), limits::smtp_connections};
    server::async_listener pop3{io.get_executor(), limits::smtp_connections};
    server::async_listener http{io.get_executor(), limits::http_connections};
    std::thread background;
    asio::thread_pool threads{slow_threads};  // goes first: what it still does looks at all of the above
};

catch_server::state::~state() {
    if (background.joinable()) background.join();
}

error_code catch_server::state::open_store(std::string& why) {
    try {
        messages = std::make_unique<store>(options.store_file, store_bounds{options.keep, options.keep_for});
        return {};
    } catch (std::system_error const& failure) {
        why = "cannot open the store " + (options.store_file.empty() ? "in memory" : options.store_file) + ": " +
              failure.what();
        return failure.code();
    }
}

error_code catch_server::state::make_tls(std::string& why) {
    auto made = options.certificate_file.empty() ? net::self_signed_server_tls(why)
                                                 : net::server_tls(options.certificate_file, options.key_file, why);
    if (!made) return made.error();
    tls = *made;
    return {};
}

error_code catch_server::state::bind(std::string& why) {
    auto ec = smtp.bind(options.smtp, why);
    if (!ec && options.smtps) ec = smtps.bind(*options.smtps, why);
    if (!ec && options.lmtp) ec = lmtp.bind(*options.lmtp, why);
    if (!ec && options.pop3) ec = pop3.bind(*options.pop3, why);
    if (!ec && options.serve_http) ec = http.bind(options.http, why);
    return ec;
}

void catch_server::state::let_in(server::async_listener& by, entrance how) {
    how.on_loopback = net::is_loopback(by.local());
    by.start([this, how](net::async_stream stream) { return sessions->serve(std::move(stream), how); });
}

void catch_server::state::let_readers_in() {
    auto const on_loopback = net::is_loopback(pop3.local());
    pop3.start([this, on_loopback](net::async_stream stream) {
        return serve_pop3(std::move(stream), *services, maildrops, tls, on_loopback);
    });
}

std::size_t catch_server::state::sessions_going_on() const noexcept {
    return smtp.connections() + smtps.connections() + lmtp.connections();
}

void catch_server::state::make_site() {
    page.emplace(site{*messages,
                      changes,
                      options.http.host,
                      &threads,
                      &options.release,
                      &options.outside,
                      &faults,
                      options.token,
                      {},
                      {}});
    page->counted = &counted;
    page->shows_metrics = options.metrics;
    auto& facts = page->facts;
    auto const address = [](bool served, server::async_listener const& door) {
        return served ? to_string(door.local()) : std::string();
    };
    facts.version = POSTRIDER_VERSION;
    facts.smtp = address(true, smtp);
    facts.http = address(options.serve_http, http);
    facts.smtps = address(options.smtps.has_value(), smtps);
    facts.lmtp = address(options.lmtp.has_value(), lmtp);
    facts.pop3 = address(options.pop3.has_value(), pop3);
    facts.accounts = options.release.accounts;
    facts.store_file = options.store_file;
    facts.keep = options.keep;
    facts.keep_for = options.keep_for;
    facts.started = system_host().now();
    for (auto const& inbox : options.inboxes) facts.inboxes.push_back(inbox.name);
    page->accepted = [this] {
        std::lock_guard lock(kept_mutex);
        return kept;
    };
}

error_code catch_server::state::listen(std::string& why) {
    if (auto ec = bind(why)) return ec;
    for (auto const& rule : options.rules) faults.add(as_fault(rule));
    for (auto const& rule : options.faults) faults.add(rule);
    services.emplace(catch_services{options, *messages, changes, system_host(), wanted, faults,
                                    [this] { one_more_kept(); }, counted});
    hooks.emplace(options.webhooks, changes);
    sessions.emplace(*services, tls);
    make_site();
    let_in(smtp, entrance());
    if (options.smtps) let_in(smtps, entrance{.tls_at_once = true});
    if (options.lmtp) let_in(lmtp, entrance{.lmtp = true});
    if (options.pop3) let_readers_in();
    if (options.serve_http)
        http.start([this](net::async_stream stream) { return serve_http(std::move(stream), *page, busy); });
    asio::co_spawn(io, keep_house(), asio::detached);
    asio::co_spawn(io, end_when_told(), asio::detached);
    return {};
}

void catch_server::state::one_more_kept() noexcept {
    {
        std::lock_guard lock(kept_mutex);
        ++kept;
    }
    kept_news.notify_all();
    if (wanted.used_up()) asio::co_spawn(io, end(time_to_quit), asio::detached);
}

asio::awaitable<void> catch_server::state::keep_house() {
    asio::steady_timer timer(io);
    boost::system::error_code ended;
    while (!ended) {
        timer.expires_after(between_rounds);
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
        try {
            messages->settle();
            changes.publish(change::removed, messages->prune_by_count());
            changes.publish(change::removed, messages->prune_by_age());
        } catch (std::system_error const&) {
            // The disk is full, say: the next message is refused with the reason, and the next round tries again.
        }
    }
}

asio::awaitable<void> catch_server::state::end_when_told() {
    boost::system::error_code ignored;
    co_await stop_told.async_wait(asio::posix::stream_descriptor::wait_read,
                                  asio::redirect_error(asio::use_awaitable, ignored));
    co_await end(milliseconds(0));
}

template <class Predicate>
asio::awaitable<void> catch_server::state::wait_until(Predicate const& done, milliseconds at_most) {
    asio::steady_timer timer(io);
    boost::system::error_code ignored;
    for (auto left = at_most; !done() && left > milliseconds(0); left -= between_looks) {
        timer.expires_after(between_looks);
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
}

asio::awaitable<void> catch_server::state::end(milliseconds patience) {
    for (auto* door : {&smtp, &smtps, &lmtp, &pop3}) door->stop();
    auto no_session = [this] { return sessions_going_on() == 0; };
    auto all_answered = [this] { return busy == 0; };
    co_await wait_until(no_session, patience);
    sessions->shut_down("the server is going down");
    co_await wait_until(no_session, time_to_hear_421);
    http.stop();
    co_await wait_until(all_answered, time_to_answer);
    io.stop();
}

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
    asio::post(state_->io, [&changes = state_->changes] { changes.publish({change::cleared, {}}); });
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
