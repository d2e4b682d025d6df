#include <algorithm>
#include <iterator>
#include <postrider/client/mail_facts.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <set>
#include <tuple>
#include <utility>

namespace postrider::delivery {
namespace {

/// RFC 5321 §5.1: servers of one preference share the load.
void put_in_order(std::vector<mx_record>& records, postrider::host const& host) {
    std::vector<std::pair<std::uint64_t, mx_record>> drawn;
    for (auto& record : records) drawn.emplace_back(host.random_number(), std::move(record));
    std::ranges::sort(drawn, [](auto const& a, auto const& b) {
        return std::tie(a.second.preference, a.first) < std::tie(b.second.preference, b.first);
    });
    std::ranges::transform(drawn, records.begin(), [](auto& one) { return std::move(one.second); });
}

/// A host that is named twice keeps its better place.
void drop_doubles(std::vector<mx_record>& records) {
    std::set<std::string> seen;
    std::erase_if(records, [&](auto const& record) { return !seen.insert(ascii::lower(record.host)).second; });
}

class inquiry {
public:
    inquiry(mail_dns const& dns, look_up_options const& options) : dns_(dns), options_(options) {}

    mail_facts about(std::string const& domain) {
        mail_facts facts;
        facts.domain = domain;
        auto answer = dns_.mail_exchangers(domain);
        if (!answer) {
            facts.failed = answer.error();
            return facts;
        }
        auto& records = answer->records;
        facts.has_no_mx = records.empty();
        // That there is no MX is vouched for by who vouches for the addresses, which stand at the same name.
        bool const is_secure = facts.has_no_mx || answer->authenticated;
        if (facts.has_no_mx) records.push_back({0, domain});
        put_in_order(records, options_.host ? *options_.host : system_host());
        drop_doubles(records);
        facts.left_out = records.size() - std::min(records.size(), limits::mail_exchangers);
        records.resize(records.size() - facts.left_out);
        for (auto& record : records) facts.servers.push_back(about(std::move(record), is_secure));
        return facts;
    }

private:
    server_facts about(mx_record record, bool is_secure) {
        server_facts facts;
        facts.record = std::move(record);
        std::string const& host = facts.record.host;
        if (host.empty()) return facts;
        auto found = dns_.addresses(host);
        if (!found) {
            facts.failed = found.error();
            return facts;
        }
        facts.is_alias = !found->name.empty() && !ascii::equal_without_case(found->name, host);
        is_secure = is_secure && found->authenticated;
        facts.addresses = std::move(found->records);
        if (facts.addresses.size() > limits::connection_attempts) facts.addresses.resize(limits::connection_attempts);
        if (!is_secure && !options_.survey) return facts;
        // RFC 7672 §2.2.2: the end of an alias first, then the name that stands in the MX record.
        bool const answered = facts.is_alias && take_certificates(found->name, is_secure, facts);
        if (!answered) take_certificates(host, is_secure, facts);
        return facts;
    }

    /// Whether that settles the question: there are some, or it is not known whether there are.
    bool take_certificates(std::string const& host, bool is_secure, server_facts& into) {
        auto found = dns_.certificates(dane::tlsa_name(host, options_.port));
        if (!found) {
            // RFC 7672 §2.1.1: who cannot be asked may be hidden by an attacker. Without DNSSEC nothing hangs on it.
            if (is_secure) into.failed = found.error();
            return is_secure;
        }
        if (found->records.empty()) return false;
        into.certificates = std::move(found->records);
        into.certificates_of = host;
        into.authenticated = is_secure && found->authenticated;
        return into.authenticated;
    }

    mail_dns const& dns_;
    look_up_options const& options_;
};

}  // namespace

mail_facts look_up(std::string const& domain, mail_dns const& dns, look_up_options const& options) {
    return inquiry(dns, options).about(domain);
}

}  // namespace postrider::delivery
