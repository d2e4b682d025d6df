#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <postrider/client/mail_dns.hpp>
#include <postrider/core/host.hpp>
#include <postrider/proto/mta_sts/policy.hpp>
#include <string>
#include <string_view>

namespace postrider::mta_sts {

/// A policy, and since when it is known.
struct held_policy {
    std::string id;  ///< of the record that announced it
    mta_sts::policy policy;
    std::chrono::sys_seconds fetched;

    bool holds_at(std::chrono::system_clock::time_point when) const { return when < fetched + policy.max_age; }
    friend bool operator==(held_policy const&, held_policy const&) = default;
};

enum class policy_source {
    none,     ///< the domain announces no policy, and none is known from before; or it cannot be had
    cached,   ///< known, and its id still stands in DNS
    fetched,  ///< read just now
    kept,     ///< known from before and still valid; what DNS or the domain's server says now is missing or broken
};

/// The policy of one domain, now.
struct policy_finding {
    policy_source source = policy_source::none;
    std::optional<held_policy> held;
    std::string why;  ///< for people: what went wrong, where something did

    std::optional<mta_sts::policy> policy() const { return held ? std::optional(held->policy) : std::nullopt; }
};

/// Reads the file at policy_url(domain), from a server with a valid certificate for that name; may block.
/// errors     any; `why` says what is wrong
using policy_fetch = std::function<result<policy>(std::string const& domain, std::string& why)>;

/// Policies of many domains, each for as long as it says. That is what makes MTA-STS worth something: who can forge DNS
/// or block HTTPS today changes nothing for those who have seen the policy before.            RFC 8461 §3.3, §5.1, §10.2
///
/// - A policy is fetched when DNS announces one that is not known, when the id in DNS has changed, and once a day.
/// - Where that fails, what was known goes on holding until its max_age is over.
/// - A fetch that failed is not repeated within five minutes for the same id.
/// - At most limits::mta_sts_policies are kept; the one that was fetched first gives way.
///
/// For any thread; nothing is locked while DNS or a server is asked.
class policy_cache {
public:
    explicit policy_cache(postrider::host const& = system_host());

    policy_finding find(std::string const& domain, delivery::mail_dns const&, policy_fetch const&);

    /// All that hold, a line for each, to be kept in a file.
    ///     line = domain SP id SP fetched SP max-age SP mode *( SP pattern )          times in seconds
    std::string to_text() const;
    /// Takes the policies in such a text beside its own, of two for a domain the younger one. Lines that are none, are
    /// from the future or no longer hold are passed over.
    void add_text(std::string_view);

private:
    struct failed_fetch {
        std::string id;
        std::chrono::sys_seconds at;
    };

    std::chrono::sys_seconds now() const;
    std::optional<held_policy> known(std::string const& domain) const;
    bool has_just_failed(std::string const& domain, std::string const& id) const;
    policy_finding fetch(std::string const& domain, std::string id, std::optional<held_policy>, policy_fetch const&);
    void keep(std::string const& domain, held_policy);

    postrider::host const& host_;
    mutable std::mutex lock_;
    std::map<std::string, held_policy, std::less<>> policies_;
    std::map<std::string, failed_fetch, std::less<>> failures_;
};

}  // namespace postrider::mta_sts
