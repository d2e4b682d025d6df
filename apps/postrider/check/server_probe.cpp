#include "server_probe.hpp"

#include <postrider/client/smtp.hpp>
#include <utility>

#include "direct/hop_session.hpp"
#include "send/deliver.hpp"

namespace postrider::app {
namespace {

using delivery::tls_demand;

/// One session, and its steps.
class visit {
public:
    explicit visit(smtp::client_options base) : steps_(base.trace), base_(std::move(base)) { base_.trace = &steps_; }

    std::optional<smtp::failure> begin(delivery::hop const& to, std::uint16_t port) {
        auto const failed = open_hop(client_, to, port, base_);
        return failed ? std::optional(failed->failure) : std::nullopt;
    }

    smtp::client& client() noexcept { return client_; }

    /// Its steps become those of the probe, under this name.
    void end(std::string const& name, server_probe& into) {
        for (auto const& step : steps_.steps()) into.steps.push_back({name + " " + step.name, step.took, step.said});
        part_politely(client_);
    }

private:
    step_clock steps_;  // hears of the client to its end
    smtp::client_options base_;
    smtp::client client_;
};

class inspection {
public:
    inspection(server_probe& into, std::uint16_t port, smtp::client_options const& base)
        : into_(into), port_(port), base_(base) {}

    /// Who is there, whatever it shows.
    std::optional<smtp::failure> meet(delivery::hop to) {
        to.tls = tls_demand::opportunistic;
        to.tlsa.clear();
        visit first(base_);
        auto failure = first.begin(to, port_);
        into_.peer = first.client().tls_peer();
        into_.extensions = first.client().engine().ehlo_extensions().all();
        first.end(to.host, into_);
        return failure;
    }

    /// Whether it meets a demand.
    tls_verdict judge(delivery::hop const& to, char const* policy, std::optional<smtp::failure>& failure) {
        visit again(base_);
        failure = again.begin(to, port_);
        if (auto peer = again.client().tls_peer(); peer && !failure) into_.peer = std::move(peer);
        again.end(to.host + " " + policy, into_);
        if (!failure) return {true, "the certificate is the right one"};
        return {false, failure->detail.empty() ? smtp::to_string(*failure) : failure->detail};
    }

private:
    server_probe& into_;
    std::uint16_t port_;
    smtp::client_options const& base_;
};

/// As MTA-STS would ask it, whoever else asks what.
delivery::hop for_mta_sts(delivery::hop to) {
    to.tls = tls_demand::valid_certificate;
    to.tlsa.clear();
    to.names = {to.host};
    return to;
}

smtp::failure no_tls() {
    smtp::failure failure;
    failure.code = make_error_code(smtp::errc::tls_error);
    failure.where = phase::starttls;
    failure.radius = smtp::blast_radius::next_hop;
    failure.detail = "the server offers no TLS, or fails at it, and TLS is required";
    return failure;
}

}  // namespace

server_probe probe(delivery::hop const& to, std::uint16_t port, smtp::client_options const& base,
                   mta_sts::policy const* policy) {
    server_probe found;
    found.host = to.host;
    inspection talk(found, port, base);
    found.failure = talk.meet(to);
    if (found.failure) return found;
    std::optional<smtp::failure> by_dane, by_policy;
    if (to.tls == tls_demand::tlsa) found.dane = talk.judge(to, "DANE", by_dane);
    if (to.tls == tls_demand::encrypted) {
        found.dane = tls_verdict{found.peer.has_value(), found.peer ? "any certificate will do" : "there is no TLS"};
        if (!found.peer) by_dane = no_tls();
    }
    if (policy) {
        found.mta_sts = talk.judge(for_mta_sts(to), "MTA-STS", by_policy);
        if (!policy->names(to.host)) found.mta_sts = tls_verdict{false, "the policy does not name this server"};
    }
    found.failure = to.tls == tls_demand::valid_certificate ? by_policy : by_dane;
    return found;
}

}  // namespace postrider::app
