#include "delivery.hpp"

#include <algorithm>
#include <map>
#include <postrider/core/ascii.hpp>
#include <postrider/net/error.hpp>
#include <utility>

#include "hop_session.hpp"

namespace postrider::app {
namespace {

/// The recipients of one domain, by their places in the envelope.
using places = std::vector<std::size_t>;

smtp::failure failure_of(smtp::errc kind, error_code cause, std::string detail) {
    smtp::failure failure;
    failure.code = make_error_code(kind);
    failure.where = phase::resolve;
    failure.radius = smtp::blast_radius::next_hop;
    failure.cause = cause;
    failure.detail = std::move(detail);
    return failure;
}

smtp::failure failure_of(delivery::plan const& plan) {
    using enum delivery::dead_end;
    switch (plan.dead_end.value()) {
        case takes_no_mail:
            return failure_of(smtp::errc::not_supported, {}, plan.why_not + "; nobody there reads mail");
        case no_server:
            return failure_of(smtp::errc::connect_error, net::errc::host_unknown, plan.why_not + "; check the address");
        default:
            return failure_of(smtp::errc::connect_error, net::errc::lookup_failed, plan.why_not + "; try again later");
    }
}

/// Which policy it was that the server did not meet.
smtp::failure blamed(smtp::failure failure, delivery::hop const& to) {
    bool const is_about_tls = failure.where == phase::tls || failure.where == phase::starttls;
    std::string const words = failure.detail.empty() ? failure.code.message() : failure.detail;
    failure.detail = to.host + ": " + words;
    if (is_about_tls) failure.detail += "; " + to.why;
    return failure;
}

class direct_delivery {
public:
    direct_delivery(outgoing const& mail, std::uint16_t port, send_to_hop const& send, tell_step const& tell)
        : mail_(mail), port_(port), send_(send), tell_(tell) {
        outcome_.report = nothing_sent(mail);
    }

    /// Recipients by domain, in the order in which the domains are first named.
    std::vector<std::pair<std::string, places>> by_domain() const {
        std::vector<std::pair<std::string, places>> all;
        for (std::size_t i = 0; i < recipients().size(); ++i) {
            std::string const& address = recipients()[i].address;
            std::string domain = ascii::lower(address.substr(std::min(address.rfind('@') + 1, address.size())));
            auto known = std::ranges::find(all, domain, &std::pair<std::string, places>::first);
            if (known == all.end()) known = all.insert(all.end(), {std::move(domain), {}});
            known->second.push_back(i);
        }
        return all;
    }

    void deliver(delivery::plan const& plan, places who) {
        domain_outcome to{plan.domain, {}, {}, {}, {}};
        if (plan.dead_end) to.failure = failure_of(plan);
        for (auto const& hop : plan.hops) {
            bool const is_settled = try_hop(hop, who, to);
            if (is_settled) break;
        }
        end(std::move(to));
    }

    void give_up(std::string const& domain, smtp::failure why) { end({domain, {}, {}, {}, std::move(why)}); }

    send_outcome outcome() && { return std::move(outcome_); }

private:
    std::vector<smtp::recipient_report> const& recipients() const { return outcome_.report.recipients; }

    /// Whether nobody is left for whom another server could do better.
    bool try_hop(delivery::hop const& hop, places& who, domain_outcome& to) {
        to.server = hop.host + ":" + std::to_string(port_);
        to.tls = to_string(hop.tls);
        to.why = hop.why;
        tell_("connecting to " + to.server + "; " + hop.why);
        auto const sent = send_(hop, part_for(who), tell_);
        to.failure.reset();
        if (!sent) to.failure = sent.error().failure;
        bool const was_reached = sent || to.failure->where >= phase::mail_from;
        if (!was_reached) {
            to.failure = blamed(*std::move(to.failure), hop);
            tell_(to_string(*to.failure));
            return false;
        }
        take(sent ? sent->recipients : sent.error().report.recipients, who);
        std::erase_if(who, [&](std::size_t at) { return is_settled(recipients()[at]); });
        bool const is_final = to.failure && !to.failure->is_transient();
        return who.empty() || is_final;
    }

    outgoing part_for(places const& who) const {
        outgoing part = mail_;
        part.envelope.forward_paths.clear();
        for (std::size_t at : who) part.envelope.forward_paths.push_back(mail_.envelope.forward_paths[at]);
        return part;
    }

    /// A report has its recipients in the envelope's order.
    void take(std::vector<smtp::recipient_report> const& told, places const& who) {
        for (std::size_t i = 0; i < std::min(told.size(), who.size()); ++i)
            outcome_.report.recipients[who[i]] = told[i];
    }

    static bool is_settled(smtp::recipient_report const& one) {
        return one.what == smtp::outcome::accepted || one.what == smtp::outcome::in_doubt ||
               (one.what == smtp::outcome::refused && !one.is_transient());
    }

    void end(domain_outcome to) {
        bool const refusals_only = !to.failure || to.failure->kind() == smtp::errc::recipients_refused;
        if (!refusals_only && !outcome_.failure) outcome_.failure = to.failure;
        if (outcome_.server.empty()) outcome_.server = to.server;
        outcome_.domains.push_back(std::move(to));
    }

    outgoing const& mail_;
    std::uint16_t port_;
    send_to_hop const& send_;
    tell_step const& tell_;
    send_outcome outcome_;
};

}  // namespace

send_to_hop over_a_session(direct_way const& way) {
    return [&way](delivery::hop const& to, outgoing const& mail, tell_step const& tell) -> smtp::result<smtp::report> {
        smtp::client client;
        if (auto const failed = open_hop(client, to, way.port(), way.client())) return *failed;
        tell(client.engine().secure() ? "under TLS: " + client.tls_description() : std::string("in clear"));
        auto sent = client.try_send(mail);
        part_politely(client);
        return sent;
    };
}

send_outcome deliver_directly(outgoing const& mail, direct_way& way, send_to_hop const& send, tell_step const& tell) {
    direct_delivery all(mail, way.port(), send, tell);
    for (auto const& [domain, who] : all.by_domain()) {
        try {
            auto const route = way.route_to(domain);
            if (!route.policy.why.empty()) tell("MTA-STS: " + route.policy.why);
            all.deliver(route.plan, who);
        } catch (error const& wrong) {
            all.give_up(domain, failure_of(smtp::errc::invalid_argument, {}, wrong.what()));
        }
    }
    return std::move(all).outcome();
}

exit_code exit_code_of_direct(send_outcome const& outcome) {
    smtp::report const& report = outcome.report;
    bool const some_have_it = !report.accepted().empty() && !report.all_accepted() && !report.in_doubt();
    return some_have_it ? exit_code::some_refused : exit_code_of(report, outcome.failure);
}

}  // namespace postrider::app
