#include "domain_report.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <chrono>
#include <postrider/core/ascii.hpp>
#include <postrider/proto/smtp/escape.hpp>

#include "json_report.hpp"
#include "step_page.hpp"
#include "utf8.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

std::string to_string(tlsa_record const& record) {
    std::string text = std::to_string(record.usage) + " " + std::to_string(record.selector) + " " +
                       std::to_string(record.matching) + " ";
    for (unsigned char octet : record.data) {
        text += "0123456789abcdef"[octet >> 4];
        text += "0123456789abcdef"[octet & 15];
    }
    return text;
}

std::string to_string(mx_record const& record) {
    return std::to_string(record.preference) + " " + (record.host.empty() ? "." : record.host);
}

std::string const& to_string(std::string const& text) {
    return text;
}

template <class Record>
std::string joined(std::vector<Record> const& records) {
    std::string line;
    for (auto const& record : records) line += (line.empty() ? "" : ", ") + to_string(record);
    return line.empty() ? "none" : line;
}

/// The questions, one after the other.
class investigation {
public:
    investigation(domain_report& report, dns_query const& dns) : report_(report), dns_(dns) {}

    void run() {
        find_exchangers();
        std::string const& domain = report_.domain;
        report_.mta_sts = find_policy("MTA-STS", "_mta-sts." + domain, "v=STSv1");
        report_.tls_reporting = find_policy("TLS-RPT", "_smtp._tls." + domain, "v=TLSRPTv1");
        report_.spf = find_policy("SPF", domain, "v=spf1");
        report_.dmarc = find_policy("DMARC", "_dmarc." + domain, "v=DMARC1");
        judge();
    }

private:
    /// One question: its time and its answer become a step.
    template <class Record>
    dns_answer<Record> ask(std::string what, result<dns_answer<Record>> (dns_query::*verb)(std::string const&) const,
                           std::string const& name) {
        auto const begun = std::chrono::steady_clock::now();
        auto answer = (dns_.*verb)(name);
        auto const took = std::chrono::steady_clock::now() - begun;
        report_.steps.push_back({std::move(what), took, answer ? joined(answer->records) : answer.error().message()});
        if (answer) return std::move(*answer);
        if (!report_.failure)
            report_.failure.emplace(exit_code::try_later, "DNS does not answer for " + name, "try again later");
        return {};
    }

    void find_exchangers() {
        auto answer = ask("MX", &dns_query::mail_exchangers, report_.domain);
        report_.has_no_mx = answer.records.empty();
        if (report_.has_no_mx) answer.records.push_back({0, report_.domain});
        for (auto& record : answer.records) {
            mail_exchanger exchanger{std::move(record), {}, false};
            std::string const& host = exchanger.record.host;
            if (!host.empty()) {
                auto found = ask("TLSA " + host, &dns_query::certificates, "_25._tcp." + host);
                exchanger.certificates = std::move(found.records);
                exchanger.authenticated = found.authenticated && (report_.has_no_mx || answer.authenticated);
            }
            report_.exchangers.push_back(std::move(exchanger));
        }
        report_.takes_mail = takes_mail();
    }

    bool takes_mail() {
        if (!report_.has_no_mx) return !report_.exchangers.front().record.host.empty();
        auto const addresses = dns_.addresses(report_.domain);
        return addresses && !addresses->records.empty();
    }

    /// The one record that begins so: where there are several, none counts.
    std::optional<std::string> find_policy(char const* what, std::string const& name, std::string_view begins) {
        auto answer = ask(what, &dns_query::texts, name);
        std::erase_if(answer.records, [&](std::string const& text) {
            return !ascii::equal_without_case(std::string_view(text).substr(0, begins.size()), begins);
        });
        report_.steps.back().said = joined(answer.records);
        if (answer.records.size() == 1) return answer.records.front();
        if (answer.records.size() > 1)
            report_.remarks.push_back(std::string(what) + ": there are several records, so that none counts");
        return std::nullopt;
    }

    void judge() {
        if (!report_.takes_mail && !report_.failure) {
            bool const said_so = !report_.has_no_mx;
            report_.failure.emplace(said_so ? exit_code::unavailable : exit_code::no_host,
                                    report_.domain + (said_so ? " says that it takes no mail" : " has no mail server"),
                                    said_so ? "" : "check its name");
        }
        for (auto const& exchanger : report_.exchangers) judge(exchanger);
        if (!report_.spf) report_.remarks.emplace_back("SPF: no record says who may send for it");
        if (report_.spf && report_.spf->find("+all") != std::string::npos)
            report_.remarks.emplace_back("SPF: +all lets everybody send for it");
        if (!report_.dmarc) report_.remarks.emplace_back("DMARC: no record says what forged mail deserves");
        if (report_.dmarc && ascii::lower(*report_.dmarc).find("p=none") != std::string::npos)
            report_.remarks.emplace_back("DMARC: p=none asks receivers to do nothing about forged mail");
        if (report_.has_no_mx && report_.takes_mail)
            report_.remarks.emplace_back("MX: there is none; mail goes to the address of the domain itself");
    }

    void judge(mail_exchanger const& exchanger) {
        if (exchanger.certificates.empty()) return;
        std::string const about = "TLSA " + exchanger.record.host + ": ";
        if (!exchanger.authenticated)
            report_.remarks.push_back(about +
                                      "counts only with DNSSEC, and the resolver did not say that it checked it");
        bool const usable = std::any_of(exchanger.certificates.begin(), exchanger.certificates.end(),
                                        [](auto const& record) { return record.usage == 2 || record.usage == 3; });
        if (!usable) report_.remarks.push_back(about + "mail servers look at usages 2 and 3 alone (RFC 7672)");
    }

    domain_report& report_;
    dns_query const& dns_;
};

json::value or_null(std::optional<std::string> const& text) {
    return text ? json::value(valid_utf8(*text)) : json::value();
}

}  // namespace

bool names_a_domain(std::string_view text) {
    bool const is_name = text.find_first_of(":/[]@") == text.npos && text.find('.') != text.npos;
    bool const is_address = text.find_first_not_of("0123456789.") == text.npos;
    return is_name && !is_address;
}

domain_report look_up(std::string const& domain, dns_query const& dns) {
    domain_report report;
    report.domain = domain;
    investigation(report, dns).run();
    return report;
}

std::string to_text(domain_report const& report) {
    std::string text = to_text(report.steps);
    if (!report.remarks.empty()) text += "\n";
    for (auto const& remark : report.remarks) text += smtp::escaped(remark) + "\n";
    return text;
}

json::object to_json(domain_report const& report) {
    json::array exchangers, remarks;
    for (auto const& exchanger : report.exchangers) {
        json::array certificates;
        for (auto const& record : exchanger.certificates) certificates.push_back(json::string(to_string(record)));
        exchangers.push_back({{"preference", exchanger.record.preference},
                              {"host", valid_utf8(exchanger.record.host)},
                              {"dane", exchanger.authenticated && !exchanger.certificates.empty()},
                              {"tlsa", std::move(certificates)}});
    }
    for (auto const& remark : report.remarks) remarks.push_back(json::string(valid_utf8(remark)));
    return {{"domain", valid_utf8(report.domain)},
            {"takes_mail", report.takes_mail},
            {"mx", std::move(exchangers)},
            {"mta_sts", or_null(report.mta_sts)},
            {"tls_rpt", or_null(report.tls_reporting)},
            {"spf", or_null(report.spf)},
            {"dmarc", or_null(report.dmarc)},
            {"remarks", std::move(remarks)},
            {"steps", to_json(report.steps)},
            {"error", report.failure ? json::value(error_member(*report.failure)) : json::value()}};
}

}  // namespace postrider::app
