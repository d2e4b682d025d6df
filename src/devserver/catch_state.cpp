#include "catch_state.hpp"

#include <sys/eventfd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/net/tls.hpp>
#include <system_error>

#include "http/session.hpp"

/// How the servers open their doors, serve, keep house and end.
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

}  // namespace

catch_server::state::state(catch_options asked)
    : options(std::move(asked)),
      wanted(options.stop_after),
      faults(options.fault_seed),
      stop_told(io, new_eventfd()),
      threads(slow_threads) {
    if (options.token.empty()) options.token = random_token();
}

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

}  // namespace postrider::devserver
