#include "client_needs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <postrider/core/ascii.hpp>
#include <set>

#include "client_failure.hpp"

namespace postrider::smtp::client_side {
namespace {

struct belonging {
    std::string_view keyword;    ///< of a parameter
    std::string_view extension;  ///< that has it
};

constexpr std::array belongings = {
    belonging{"RET", "DSN"},
    belonging{"ENVID", "DSN"},
    belonging{"NOTIFY", "DSN"},
    belonging{"ORCPT", "DSN"},
    belonging{"BY", "DELIVERBY"},
    belonging{"HOLDFOR", "FUTURERELEASE"},
    belonging{"HOLDUNTIL", "FUTURERELEASE"},
    belonging{"MT-PRIORITY", "MT-PRIORITY"},
    belonging{"REQUIRETLS", "REQUIRETLS"},
};

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data()) return {};
    return value;
}

failure lacking(belonging const& what, phase where) {
    return unfit(errc::not_supported, where,
                 std::string(what.keyword) + " was asked for and the server lacks " + std::string(what.extension) +
                     ": send without it, or use another server");
}

/// FUTURERELEASE tells the longest time, in seconds, that it holds a message.                          RFC 4865 §4
objection check_hold(session const& s, parameter const& asked) {
    auto const longest = number(s.offered.parameters("futurerelease"));
    auto const wanted = number(asked.value.value_or(std::string()));
    bool const too_long =
        ascii::equal_without_case(asked.keyword, "HOLDFOR") && longest && wanted && *wanted > *longest;
    if (!too_long) return {};
    return unfit(errc::not_supported, phase::mail_from,
                 "the server holds messages for " + std::to_string(*longest) + " seconds at most");
}

/// REQUIRETLS is a promise that begins with this session.                                               RFC 8689 §4.2
objection check_secure(session const& s, parameter const& asked) {
    if (s.secure || !ascii::equal_without_case(asked.keyword, "REQUIRETLS")) return {};
    return unfit(errc::not_supported, phase::mail_from, "REQUIRETLS was asked for and this session is not under TLS");
}

objection check_offered(session const& s, std::vector<parameter> const& asked, phase where) {
    for (auto const& one : asked) {
        auto const known = std::find_if(belongings.begin(), belongings.end(), [&](belonging const& b) {
            return ascii::equal_without_case(b.keyword, one.keyword);
        });
        if (known == belongings.end()) continue;
        if (auto why_not = check_secure(s, one)) return why_not;
        if (!s.offered.has(known->extension)) return lacking(*known, where);
        if (auto why_not = check_hold(s, one)) return why_not;
    }
    return {};
}

std::string domain_of(std::string_view address) {
    return ascii::lower(address.substr(std::min(address.rfind('@'), address.size() - 1) + 1));
}

}  // namespace

objection check_offered(session const& s, envelope const& e) {
    if (auto why_not = check_offered(s, e.parameters, phase::mail_from)) return why_not;
    for (auto const& path : e.forward_paths)
        if (auto why_not = check_offered(s, path.parameters, phase::rcpt_to)) return why_not;
    return {};
}

std::vector<std::size_t> recipients_at_once(extensions const& offered, envelope const& e,
                                            std::vector<std::size_t> places) {
    auto const most = offered.limit("RCPTMAX").value_or(places.size());
    auto const domains = offered.limit("RCPTDOMAINMAX");
    std::set<std::string> seen;
    std::size_t count = 0;
    for (; count < std::min<std::uint64_t>(places.size(), most); ++count) {
        if (!domains) continue;
        seen.insert(domain_of(e.forward_paths[places[count]].address));
        if (seen.size() > *domains) break;
    }
    places.resize(count);
    return places;
}

}  // namespace postrider::smtp::client_side
