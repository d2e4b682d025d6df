#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <postrider/proto/smtp/escape.hpp>

#include "certificate_page.hpp"
#include "domain_report.hpp"
#include "json_report.hpp"
#include "step_page.hpp"
#include "terminal/utf8.hpp"
#include "timed_dns.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

constexpr std::size_t name_width = 14;

std::string line(std::string name, std::string_view value) {
    name.resize(std::max(name.size() + 1, name_width), ' ');
    return name + smtp::escaped(value) + "\n";
}

char const* word_for(mta_sts::mode mode) noexcept {
    switch (mode) {
        case mta_sts::mode::enforce: return "enforce";
        case mta_sts::mode::testing: return "testing";
        default: return "none";
    }
}

std::string policy_to_text(mta_sts::policy_finding const& policy) {
    if (!policy.held) return line("MTA-STS", policy.why.empty() ? "no policy" : "no policy: " + policy.why);
    std::string names;
    for (auto const& pattern : policy.held->policy.patterns) names += (names.empty() ? " for " : ", ") + pattern;
    return line("MTA-STS", std::string("mode ") + word_for(policy.held->policy.mode) + names);
}

std::string verdict_to_text(char const* what, std::optional<tls_verdict> const& verdict) {
    if (!verdict) return {};
    return line(what, (verdict->holds ? "holds: " : "fails: ") + verdict->why);
}

std::string probe_to_text(delivery::hop const& hop, server_probe const& met, domain_report const& report) {
    std::string text =
        line("Server", hop.host + ":" + std::to_string(report.port) + ", preference " + std::to_string(hop.preference));
    if (met.failure) text += line("", "fails: " + smtp::to_string(*met.failure));
    if (met.peer) {
        text += line("TLS", met.peer->protocol + " " + met.peer->cipher);
        text += certificate_to_text(*met.peer, report.now, name_width);
    } else if (!met.failure) {
        text += line("TLS", "none: the session would be in clear");
    }
    text += verdict_to_text("DANE", met.dane) + verdict_to_text("MTA-STS", met.mta_sts);
    std::string offered;
    for (auto const& [keyword, parameters] : met.extensions)
        offered += (offered.empty() ? "" : ", ") + keyword + (parameters.empty() ? "" : " " + parameters);
    return text + (offered.empty() ? "" : line("Extensions", offered)) + "\n";
}

/// In the end: who would get mail, under which demand, and why; and who before it would not.
std::string conclusion(domain_report const& report) {
    auto const& hops = report.route.plan.hops;
    auto const used = report.used();
    std::string text;
    for (std::size_t i = 0; i < report.probes.size() && i < used.value_or(report.probes.size()); ++i)
        text += line("Passed over", hops[i].host + ": " + smtp::to_string(*report.probes[i].failure));
    if (!used) return text + line("Used", report.probes.empty() && !hops.empty() ? "nobody was asked" : "nobody");
    return text + line("Used", hops[*used].host + ":" + std::to_string(report.port) + "; " + hops[*used].why);
}

json::value or_null(std::optional<std::string> const& text) {
    return text ? json::value(valid_utf8(*text)) : json::value();
}

template <class Texts>
json::array strings(Texts const& texts) {
    json::array all;
    for (auto const& text : texts) all.push_back(json::string(valid_utf8(text)));
    return all;
}

json::value to_json(std::optional<tls_verdict> const& verdict) {
    if (!verdict) return nullptr;
    return json::object{{"holds", verdict->holds}, {"why", valid_utf8(verdict->why)}};
}

json::value to_json(server_probe const& met, domain_report const& report) {
    json::object extensions;
    for (auto const& [keyword, parameters] : met.extensions) extensions[valid_utf8(keyword)] = valid_utf8(parameters);
    return json::object{{"tls", met.peer ? json::value(met.peer->protocol + " " + met.peer->cipher) : json::value()},
                        {"certificate", met.peer ? certificate_to_json(*met.peer, report.now) : json::value()},
                        {"extensions", std::move(extensions)},
                        {"dane", to_json(met.dane)},
                        {"mta_sts", to_json(met.mta_sts)},
                        {"error", met.failure ? json::value(app::to_json(*met.failure)) : json::value()}};
}

json::object to_json(delivery::server_facts const& server, domain_report const& report) {
    auto const& [domain, hops, others, end, why_not] = report.route.plan;
    std::string const& host = server.record.host;
    json::array certificates;
    for (auto const& record : server.certificates) certificates.push_back(json::string(to_string(record)));
    json::object row{{"preference", server.record.preference},
                     {"host", valid_utf8(host)},
                     {"addresses", strings(server.addresses)},
                     {"alias", server.is_alias},
                     {"dane", server.authenticated && !server.certificates.empty()},
                     {"tlsa", std::move(certificates)},
                     {"use", "no"},
                     {"why", nullptr},
                     {"server", nullptr}};
    auto const is_it = [&](auto const& one) { return one.host == host; };
    if (auto const hop = std::ranges::find_if(hops, is_it); hop != hops.end()) {
        row["use"] = to_string(hop->tls);
        row["why"] = valid_utf8(hop->why);
    } else if (auto const other = std::ranges::find_if(others, is_it); other != others.end()) {
        row["why"] = valid_utf8(other->why);
    }
    if (auto const met = std::ranges::find_if(report.probes, is_it); met != report.probes.end())
        row["server"] = to_json(*met, report);
    return row;
}

json::value to_json(mta_sts::policy_finding const& policy) {
    if (!policy.held && policy.why.empty()) return nullptr;
    json::object about{
        {"mode", nullptr}, {"id", nullptr}, {"max_age", nullptr}, {"mx", json::array()}, {"error", nullptr}};
    if (!policy.why.empty()) about["error"] = valid_utf8(policy.why);
    if (!policy.held) return about;
    about["mode"] = word_for(policy.held->policy.mode);
    about["id"] = policy.held->id;
    about["max_age"] = policy.held->policy.max_age.count();
    about["mx"] = strings(policy.held->policy.patterns);
    return about;
}

json::value used_to_json(domain_report const& report) {
    auto const used = report.used();
    if (!used) return nullptr;
    auto const& hop = report.route.plan.hops[*used];
    return json::object{
        {"host", hop.host}, {"port", report.port}, {"tls", to_string(hop.tls)}, {"why", valid_utf8(hop.why)}};
}

}  // namespace

std::string to_text(domain_report const& report) {
    std::string text = to_text(report.steps) + "\n" + policy_to_text(report.route.policy) + "\n";
    for (std::size_t i = 0; i < report.probes.size(); ++i)
        text += probe_to_text(report.route.plan.hops[i], report.probes[i], report);
    for (auto const& remark : report.remarks) text += smtp::escaped(remark) + "\n";
    return text + (report.remarks.empty() ? "" : "\n") + conclusion(report);
}

json::object to_json(domain_report const& report) {
    json::array exchangers;
    for (auto const& server : report.route.facts.servers) exchangers.push_back(to_json(server, report));
    return {{"domain", report.domain},
            {"takes_mail", !report.route.plan.dead_end},
            {"mx", std::move(exchangers)},
            {"mta_sts", or_null(report.mta_sts)},
            {"policy", to_json(report.route.policy)},
            {"tls_rpt", or_null(report.tls_reporting)},
            {"spf", or_null(report.spf)},
            {"dmarc", or_null(report.dmarc)},
            {"used", used_to_json(report)},
            {"remarks", strings(report.remarks)},
            {"steps", to_json(report.steps)},
            {"error", report.failure ? json::value(error_member(*report.failure)) : json::value()}};
}

}  // namespace postrider::app
