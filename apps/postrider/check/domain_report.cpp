#include "domain_report.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/host.hpp>

#include "timed_dns.hpp"

namespace postrider::app {
namespace {

/// The questions, one after the other.
class investigation {
public:
    investigation(domain_report& report, delivery::mail_dns const& dns, inquiry_options const& options)
        : report_(report), dns_(timed(dns, report.steps)), options_(options) {}

    void run() {
        std::string const& domain = report_.domain;
        mta_sts::policy_cache fresh;
        report_.route = find_route(domain, dns_, fresh, timed_fetch(), options_.direct, true);
        report_.mta_sts = find_record("MTA-STS", mta_sts::record_name(domain), "v=STSv1");
        report_.tls_reporting = find_record("TLS-RPT", "_smtp._tls." + domain, "v=TLSRPTv1");
        report_.spf = find_record("SPF", domain, "v=spf1");
        report_.dmarc = find_record("DMARC", "_dmarc." + domain, "v=DMARC1");
        if (!options_.dns_only) knock();
        judge();
    }

private:
    mta_sts::policy_fetch timed_fetch() {
        if (options_.dns_only)
            return [](auto const&, std::string& why) -> result<mta_sts::policy> {
                why = "it was not asked for";
                return make_error_code(std::errc::operation_canceled);
            };
        return [this, fetch = fetch_over_https(dns_, options_.client, options_.direct)](std::string const& domain,
                                                                                        std::string& why) {
            auto const begun = std::chrono::steady_clock::now();
            auto policy = fetch(domain, why);
            auto const took = std::chrono::steady_clock::now() - begun;
            std::string const said = policy ? std::to_string(policy->patterns.size()) + " mx lines" : why;
            report_.steps.push_back({"GET " + mta_sts::policy_url(domain), took, said});
            return policy;
        };
    }

    /// The one record that begins so: where there are several, none counts.
    std::optional<std::string> find_record(char const* what, std::string const& name, std::string_view begins) {
        auto answer = dns_.texts(name);
        if (!answer) {
            silence(name);
            return std::nullopt;
        }
        std::erase_if(answer->records, [&](std::string const& text) {
            return !ascii::equal_without_case(std::string_view(text).substr(0, begins.size()), begins);
        });
        if (answer->records.size() == 1) return answer->records.front();
        if (answer->records.size() > 1) remark(std::string(what) + ": there are several records, so that none counts");
        return std::nullopt;
    }

    void silence(std::string const& name) {
        if (!report_.failure)
            report_.failure.emplace(exit_code::try_later, "DNS does not answer for " + name, "try again later");
    }

    void knock() {
        auto const& policy = report_.route.policy.held;
        bool const counts = policy && policy->policy.mode != mta_sts::mode::none;
        for (auto const& hop : report_.route.plan.hops) {
            auto met = probe(hop, report_.port, options_.client, counts ? &policy->policy : nullptr);
            report_.steps.insert(report_.steps.end(), met.steps.begin(), met.steps.end());
            report_.probes.push_back(std::move(met));
        }
    }

    void judge() {
        auto const& plan = report_.route.plan;
        if (plan.dead_end) {
            report_.failure = dead_end_error(plan);
        } else if (!report_.probes.empty() && !report_.used()) {
            auto const& first = *report_.probes.front().failure;
            report_.failure.emplace(exit_code_of(first), "no server of " + report_.domain +
                                                             " would get its mail: " + report_.probes.front().host +
                                                             ": " + smtp::to_string(first));
        }
        for (auto const& server : report_.route.facts.servers) judge(server);
        for (auto const& other : plan.others)
            remark("MX " + (other.host.empty() ? "." : other.host) + ": passed over: " + other.why);
        for (auto const& hop : plan.hops)
            if (!hop.remark.empty()) remark("MX " + hop.host + ": " + hop.remark);
        judge_records();
    }

    void judge_records() {
        auto const& policy = report_.route.policy;
        if (!policy.why.empty() && !options_.dns_only) remark("MTA-STS: " + policy.why);
        if (!report_.spf) remark("SPF: no record says who may send for it");
        if (report_.spf && report_.spf->find("+all") != std::string::npos)
            remark("SPF: +all lets everybody send for it");
        if (!report_.dmarc) remark("DMARC: no record says what forged mail deserves");
        if (report_.dmarc && ascii::lower(*report_.dmarc).find("p=none") != std::string::npos)
            remark("DMARC: p=none asks receivers to do nothing about forged mail");
        if (report_.route.facts.has_no_mx && !report_.route.plan.dead_end)
            remark("MX: there is none; mail goes to the address of the domain itself");
        if (report_.route.facts.left_out > 0)
            remark("MX: " + std::to_string(report_.route.facts.left_out) + " further servers were not looked at");
    }

    void judge(delivery::server_facts const& server) {
        std::string const& host = server.record.host;
        if (server.is_alias) remark("MX " + host + ": is an alias, which an MX record must not name (RFC 2181)");
        if (server.certificates.empty()) return;
        if (!server.authenticated)
            remark(
                "TLSA " + host +
                ": counts only with DNSSEC, and no resolver that can be trusted said that it checked it (one on this "
                "machine, or with trust-ad in resolv.conf)");
        if (dane::usable(server.certificates).empty())
            remark("TLSA " + host + ": none can be used; mail servers look at usages 2 and 3 alone (RFC 7672)");
    }

    void remark(std::string what) { report_.remarks.push_back(std::move(what)); }

    domain_report& report_;
    delivery::mail_dns dns_;
    inquiry_options const& options_;
};

}  // namespace

std::optional<std::size_t> domain_report::used() const {
    auto const found = std::ranges::find_if(probes, [](auto const& one) { return !one.failure; });
    if (found == probes.end()) return std::nullopt;
    return static_cast<std::size_t>(found - probes.begin());
}

bool names_a_domain(std::string_view text) {
    bool const is_name = text.find_first_of(":/[]@") == text.npos && text.find('.') != text.npos;
    bool const is_address = text.find_first_not_of("0123456789.") == text.npos;
    return is_name && !is_address;
}

domain_report inquire(std::string const& domain, delivery::mail_dns const& dns, inquiry_options const& options) {
    domain_report report;
    report.domain = domain_for_dns(domain);
    report.port = options.direct.port;
    report.now = system_host().now();
    investigation(report, dns, options).run();
    return report;
}

}  // namespace postrider::app
