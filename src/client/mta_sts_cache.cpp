#include <algorithm>
#include <postrider/client/mta_sts_cache.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <utility>

namespace postrider::mta_sts {
namespace {

constexpr std::chrono::hours refresh_after{24};       // RFC 8461 §3.3: at regular intervals, before max_age is over
constexpr std::chrono::minutes retry_fetch_after{5};  // RFC 8461 §3.3: five minutes or longer per version id

std::string key_of(std::string_view domain) {
    if (domain.ends_with('.')) domain.remove_suffix(1);
    return ascii::lower(domain);
}

policy_finding nothing(std::string why = {}) {
    return {policy_source::none, std::nullopt, std::move(why)};
}

policy_finding kept(held_policy held, std::string why) {
    return {policy_source::kept, std::move(held), std::move(why)};
}

/// Makes room for one more: the value that is oldest by `age_of` leaves.
template <class Map, class AgeOf>
void make_room(Map& all, std::string const& coming, AgeOf age_of) {
    if (all.size() < limits::mta_sts_policies || all.contains(coming)) return;
    all.erase(std::ranges::min_element(all, {}, [&](auto const& one) { return age_of(one.second); }));
}

}  // namespace

policy_cache::policy_cache(postrider::host const& host) : host_(host) {}

policy_finding policy_cache::find(std::string const& name, delivery::mail_dns const& dns, policy_fetch const& ask) {
    std::string const domain = key_of(name);
    auto held = known(domain);
    auto const records = dns.texts(record_name(domain));
    if (!records) {
        std::string why = "DNS does not answer for " + record_name(domain) + ": " + records.error().message();
        return held ? kept(*std::move(held), std::move(why)) : nothing(std::move(why));
    }
    auto id = policy_id(records->records);
    if (!id) {
        if (!held) return nothing();
        return kept(*std::move(held), "DNS announces no policy any more; the one that is known still holds");
    }
    bool const is_current = held && held->id == *id && now() < held->fetched + refresh_after;
    if (is_current) return {policy_source::cached, std::move(held), {}};
    return fetch(domain, *std::move(id), std::move(held), ask);
}

policy_finding policy_cache::fetch(std::string const& domain, std::string id, std::optional<held_policy> held,
                                   policy_fetch const& ask) {
    std::string why = "it could not be fetched a moment ago";
    if (!has_just_failed(domain, id)) {
        auto const read = ask(domain, why);
        if (read) {
            held_policy fresh{std::move(id), *read, now()};
            keep(domain, fresh);
            return {policy_source::fetched, std::move(fresh), {}};
        }
        if (why.empty()) why = read.error().message();
        std::scoped_lock const locked(lock_);
        make_room(failures_, domain, [](auto const& one) { return one.at; });
        failures_[domain] = {std::move(id), now()};
    }
    why = policy_url(domain) + ": " + why;
    return held ? kept(*std::move(held), std::move(why)) : nothing(std::move(why));
}

std::chrono::sys_seconds policy_cache::now() const {
    return std::chrono::floor<std::chrono::seconds>(host_.now());
}

std::optional<held_policy> policy_cache::known(std::string const& domain) const {
    std::scoped_lock const locked(lock_);
    auto const found = policies_.find(domain);
    if (found == policies_.end() || !found->second.holds_at(now())) return std::nullopt;
    return found->second;
}

bool policy_cache::has_just_failed(std::string const& domain, std::string const& id) const {
    std::scoped_lock const locked(lock_);
    auto const found = failures_.find(domain);
    return found != failures_.end() && found->second.id == id && now() < found->second.at + retry_fetch_after;
}

void policy_cache::keep(std::string const& domain, held_policy fresh) {
    std::scoped_lock const locked(lock_);
    failures_.erase(domain);
    make_room(policies_, domain, [](auto const& one) { return one.fetched; });
    policies_[domain] = std::move(fresh);
}

}  // namespace postrider::mta_sts
