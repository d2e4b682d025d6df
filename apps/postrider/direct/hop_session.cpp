#include "hop_session.hpp"

namespace postrider::app {
namespace {

std::optional<smtp::failed> open(smtp::client& client, delivery::hop const& to, std::uint16_t port,
                                 smtp::client_options options) {
    smtp::server_url where;
    where.where = {to.host, port, {}};
    client = smtp::client(std::move(options));
    auto const greeted = client.try_connect(where);
    if (!greeted) return greeted.error();
    return std::nullopt;
}

}  // namespace

bool may_do_without_tls(delivery::hop const& to, smtp::failure const& failure) {
    bool const is_about_tls = failure.where == phase::tls || failure.where == phase::starttls;
    return is_about_tls && to.tls == delivery::tls_demand::opportunistic;
}

std::optional<smtp::failed> open_hop(smtp::client& client, delivery::hop const& to, std::uint16_t port,
                                     smtp::client_options const& base) {
    auto options = delivery::options_for(to, base);
    auto failed = open(client, to, port, options);
    if (!failed || !may_do_without_tls(to, failed->failure)) return failed;
    options.starttls = smtp::starttls_policy::off;
    return open(client, to, port, std::move(options));
}

}  // namespace postrider::app
