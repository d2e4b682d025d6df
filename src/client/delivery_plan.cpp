#include <algorithm>
#include <postrider/client/delivery_plan.hpp>
#include <postrider/core/ascii.hpp>
#include <utility>

#include "host_names.hpp"

namespace postrider::delivery {
namespace {

bool leads_back(std::vector<std::string> const& addresses) {
    return std::ranges::all_of(addresses, leads_to_this_machine);
}

/// What the records of one server come to.
class judgement {
public:
    judgement(mail_facts const& facts, server_facts const& server, std::optional<mta_sts::policy> const& policy)
        : facts_(facts), server_(server), policy_(policy) {}

    std::optional<passed_over> objection(plan_options const& options) const {
        std::string const& host = server_.record.host;
        using enum passed_over_for;
        if (host.empty()) return passed_over{host, null_mx, "\".\" is no server (RFC 7505)"};
        if (!is_host_name(host)) return passed_over{host, odd_name, "no host can be called so"};
        if (server_.failed)
            return passed_over{host, dns_failure, "DNS does not answer for it: " + server_.failed.message()};
        if (server_.addresses.empty()) return passed_over{host, no_address, "it has no address"};
        if (!options.allow_loopback && leads_back(server_.addresses))
            return passed_over{host, loopback, "its addresses lead back to this machine"};
        if (!has_dane() && is_enforced() && !policy_->names(host))
            return passed_over{host, mta_sts,
                               "the domain's MTA-STS policy is enforced and does not name it (RFC 8461 §4.1)"};
        return std::nullopt;
    }

    hop allowed() const {
        hop to{
            server_.record.host, server_.record.preference, server_.addresses, {}, {}, {server_.record.host}, {}, {}};
        if (has_dane())
            demand_tlsa(to);
        else if (is_enforced())
            demand_valid_certificate(to);
        else
            take_what_is_offered(to);
        return to;
    }

private:
    bool has_dane() const { return server_.authenticated && !server_.certificates.empty(); }
    bool is_enforced() const { return policy_ && policy_->mode == mta_sts::mode::enforce; }

    void demand_tlsa(hop& to) const {
        to.tlsa = dane::usable(server_.certificates);
        to.tls = to.tlsa.empty() ? tls_demand::encrypted : tls_demand::tlsa;
        to.why = "DANE: " + std::to_string(to.tlsa.size()) + " of " + std::to_string(server_.certificates.size()) +
                 " TLSA records of " + server_.certificates_of + " can be used, under DNSSEC (RFC 7672)";
        if (to.tlsa.empty())
            to.why = "DANE: there are TLSA records of " + server_.certificates_of +
                     ", and none can be used: TLS, with any certificate (RFC 7672 §2.2)";
        // RFC 7672 §3.2.2: a certificate below DANE-TA may be made out to the server or to the domain.
        to.names = {server_.certificates_of};
        for (auto const& name : {server_.record.host, facts_.domain})
            if (std::ranges::find(to.names, name) == to.names.end()) to.names.push_back(name);
    }

    void demand_valid_certificate(hop& to) const {
        to.tls = tls_demand::valid_certificate;
        to.why = "MTA-STS: the domain's policy is enforced and names it (RFC 8461)";
    }

    void take_what_is_offered(hop& to) const {
        to.why = "TLS if it is offered: neither DANE nor MTA-STS asks for it";
        bool const is_tested = policy_ && policy_->mode == mta_sts::mode::testing;
        if (!is_tested) return;
        to.why = "TLS if it is offered: the domain's MTA-STS policy is in testing";
        if (!policy_->names(to.host)) to.remark = "the MTA-STS policy, which is in testing, does not name it";
    }

    mail_facts const& facts_;
    server_facts const& server_;
    std::optional<mta_sts::policy> const& policy_;
};

bool any_passed_over(plan const& made, passed_over_for reason) {
    return std::ranges::any_of(made.others, [&](auto const& one) { return one.reason == reason; });
}

bool says_no_mail(mail_facts const& facts) {
    return facts.servers.size() == 1 && !facts.has_no_mx && facts.servers.front().record.host.empty();
}

/// Later it may be otherwise where DNS did not answer or a policy can change; else not.
void tell_dead_end(mail_facts const& facts, plan& made) {
    if (facts.failed) {
        made.dead_end = dead_end::dns_failure;
        made.why_not = "DNS does not answer for " + facts.domain + ": " + facts.failed.message();
    } else if (says_no_mail(facts)) {
        made.dead_end = dead_end::takes_no_mail;
        made.why_not = facts.domain + " says that it takes no mail (RFC 7505)";
    } else if (any_passed_over(made, passed_over_for::dns_failure)) {
        made.dead_end = dead_end::dns_failure;
        made.why_not = "DNS does not answer for the mail servers of " + facts.domain;
    } else if (any_passed_over(made, passed_over_for::mta_sts)) {
        made.dead_end = dead_end::mta_sts;
        made.why_not = "the MTA-STS policy of " + facts.domain + " is enforced and names none of its mail servers";
    } else {
        made.dead_end = dead_end::no_server;
        made.why_not = facts.domain + " has no mail server";
        if (!facts.has_no_mx) made.why_not += " that can be reached";
    }
}

}  // namespace

std::string_view to_string(tls_demand demand) noexcept {
    switch (demand) {
        case tls_demand::encrypted: return "encrypted";
        case tls_demand::valid_certificate: return "valid_certificate";
        case tls_demand::tlsa: return "tlsa";
        default: return "opportunistic";
    }
}

plan make_plan(mail_facts const& facts, std::optional<mta_sts::policy> const& policy, plan_options const& options) {
    plan made;
    made.domain = facts.domain;
    for (auto const& server : facts.servers) {
        judgement const about(facts, server, policy);
        if (auto objection = about.objection(options))
            made.others.push_back(*std::move(objection));
        else
            made.hops.push_back(about.allowed());
    }
    if (made.hops.empty()) tell_dead_end(facts, made);
    return made;
}

smtp::client_options options_for(hop const& to, smtp::client_options base) {
    bool const may_go_in_clear = to.tls == tls_demand::opportunistic;
    bool const is_anybody = may_go_in_clear || to.tls == tls_demand::encrypted;
    base.starttls = may_go_in_clear ? smtp::starttls_policy::offered : smtp::starttls_policy::required;
    base.tls.accept_any_certificate_dangerously = is_anybody;
    base.tls.fingerprints.clear();
    base.tls.fingerprint_is_enough = false;
    base.tls.tlsa = to.tlsa;
    base.tls.host_name = to.names.front();
    base.tls.other_names.assign(to.names.begin() + 1, to.names.end());
    base.lookup = [addresses = to.addresses](std::string const&) -> result<std::vector<std::string>> {
        return addresses;
    };
    return base;
}

}  // namespace postrider::delivery
