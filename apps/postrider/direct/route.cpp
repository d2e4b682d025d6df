#include "route.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <postrider/codec/idna.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/net/error.hpp>

#include "https_request.hpp"
#include "numbers.hpp"

namespace postrider::app {
namespace {

constexpr std::chrono::seconds policy_patience{60};  // RFC 8461 §3.3 suggests a minute

net::name_lookup by_dns(delivery::mail_dns const& dns) {
    return [ask = dns.addresses](std::string const& host) -> result<std::vector<std::string>> {
        auto found = ask(host);
        if (!found) return make_error_code(net::errc::lookup_failed);
        if (found->records.empty()) return make_error_code(net::errc::host_unknown);
        return std::move(found->records);
    };
}

}  // namespace

void add_direct_options(CLI::App& command, direct_options& into) {
    constexpr char const* group = "Direct delivery";
    command.add_option("--port", into.port, "The port of mail servers that DNS names. Without it: 25")
        ->transform(whole_number(1, 65535))
        ->type_name("PORT")
        ->group(group);
    command.add_option("--policy-port", into.policy_port, "Fetch MTA-STS policies from this port: for tests")
        ->transform(whole_number(1, 65535))
        ->type_name("PORT")
        ->group(group);
    command
        .add_flag("--allow-loopback", into.allow_loopback,
                  "Take servers whose addresses lead back to this machine, too: for tests")
        ->group(group);
}

direct_route find_route(std::string const& domain, delivery::mail_dns const& dns, mta_sts::policy_cache& policies,
                        mta_sts::policy_fetch const& fetch, direct_options const& options, bool survey) {
    delivery::look_up_options asking;
    asking.port = options.port;
    asking.survey = survey;
    delivery::plan_options planning;
    planning.allow_loopback = options.allow_loopback;
    direct_route route;
    route.facts = delivery::look_up(domain, dns, asking);
    route.policy = policies.find(domain, dns, fetch);
    route.plan = delivery::make_plan(route.facts, route.policy.policy(), planning);
    return route;
}

mta_sts::policy_fetch fetch_over_https(delivery::mail_dns const& dns, smtp::client_options const& client,
                                       direct_options const& options) {
    net::tls_options tls;
    tls.ca_file = client.tls.ca_file;
    https_wishes wishes;
    wishes.accept = "text/plain";
    wishes.body_octets = limits::mta_sts_octets;
    wishes.timeout = client.timeout.value_or(policy_patience);
    wishes.port = options.policy_port;
    wishes.lookup = by_dns(dns);
    return [tls, wishes](std::string const& domain, std::string& why) -> result<mta_sts::policy> {
        try {
            auto answer = https_get(mta_sts::policy_url(domain), tls, wishes);
            return mta_sts::policy_of({answer.status, std::move(answer.content_type), std::move(answer.body)}, why);
        } catch (error const& wrong) {
            why = wrong.what();
            return make_error_code(std::errc::host_unreachable);
        }
    };
}

error dead_end_error(delivery::plan const& plan) {
    using enum delivery::dead_end;
    switch (plan.dead_end.value()) {
        case takes_no_mail: return {exit_code::unavailable, plan.why_not};
        case no_server: return {exit_code::no_host, plan.why_not, "check its name"};
        default: return {exit_code::try_later, plan.why_not, "try again later"};
    }
}

std::string domain_for_dns(std::string_view domain) {
    if (domain.ends_with('.')) domain.remove_suffix(1);
    auto ascii = codec::domain_to_ascii(domain);
    if (ascii && !ascii->empty()) return *std::move(ascii);
    throw error(exit_code::bad_data, "'" + std::string(domain) + "' is no domain");
}

}  // namespace postrider::app
