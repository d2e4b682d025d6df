#include "smtp_sessions.hpp"

#include <array>
#include <optional>
#include <postrider/core/digest.hpp>
#include <utility>

namespace postrider::devserver {
namespace {

/// A session in the list for as long as it stands.
class listed {
public:
    listed(std::list<server::async_session*>& in, server::async_session& session)
        : list_(in), place_(in.insert(in.end(), &session)) {}
    ~listed() { list_.erase(place_); }
    listed(listed const&) = delete;

private:
    std::list<server::async_session*>& list_;
    std::list<server::async_session*>::iterator place_;
};

std::string unguessable(host const& machine) {
    std::array<char, 12> octets;
    machine.random(octets);
    return to_hex({octets.data(), octets.size()});
}

}  // namespace

smtp_sessions::smtp_sessions(catch_services const& services, net::tls_context_ptr tls)
    : services_(services), tls_(std::move(tls)), auth_secret_(unguessable(services.machine)) {}

smtp::server_engine::options smtp_sessions::options_for(catcher& mail, entrance const& by) const {
    smtp::server_engine::options options;
    options.banner = "Postrider catch";
    options.lmtp = by.lmtp;
    options.offer_starttls = !by.tls_at_once;
    options.offer_auth = true;
    options.auth_in_clear = by.on_loopback;
    options.cram_seed = unguessable(services_.machine);
    options.auth_secret = auth_secret_;
    // Programs under test write what they write: it is to be seen as it is.
    options.strict_line_ends = false;
    options.max_message = services_.options.discard ? 0 : limits::message_octets;
    options.max_errors = 0;
    options.trace = &mail.recorder();
    if (auto const& login = services_.options.login)
        options.secret_of = [login](std::string_view user) {
            return user == login->first ? std::optional(login->second) : std::nullopt;
        };
    return options;
}

boost::asio::awaitable<void> smtp_sessions::serve(net::async_stream stream, entrance by) {
    catcher mail(services_);
    server::async_session session(std::move(stream), options_for(mail, by), mail, tls_);
    if (by.tls_at_once) session.tls_at_once();
    listed here(going_on_, session);
    net::phase_timeouts const timeouts;
    co_await session.run(timeouts);
}

void smtp_sessions::shut_down(std::string const& why) {
    for (auto* session : going_on_) session->shut_down(why);
}

}  // namespace postrider::devserver
