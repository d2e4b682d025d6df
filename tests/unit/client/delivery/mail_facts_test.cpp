#include <doctest/doctest.h>

#include <postrider/client/mail_facts.hpp>
#include <postrider/core/limits.hpp>
#include <set>

#include "told_dns.hpp"

using namespace postrider;
using namespace postrider::test;
using names = std::vector<std::string>;

namespace {

delivery::mail_facts facts_of(told_dns const& dns, bool survey = false) {
    set_host const host;
    delivery::look_up_options options;
    options.survey = survey;
    options.host = &host;
    return look_up("there.example", dns.calls(), options);
}

names hosts_of(delivery::mail_facts const& facts) {
    names all;
    for (auto const& server : facts.servers) all.push_back(server.record.host);
    return all;
}

told_dns two_servers() {
    told_dns dns;
    dns.exchangers["there.example"] = {{20, "backup.there.example"}, {10, "mx.there.example"}};
    dns.addresses["mx.there.example"] = {"192.0.2.1", "2001:db8::1"};
    dns.addresses["backup.there.example"] = {"192.0.2.2"};
    return dns;
}

}  // namespace

TEST_CASE("the preferred servers come first, with their addresses") {
    auto const facts = facts_of(two_servers());
    CHECK(hosts_of(facts) == names{"mx.there.example", "backup.there.example"});
    CHECK(facts.servers.front().addresses == names{"192.0.2.1", "2001:db8::1"});
    CHECK_FALSE(facts.has_no_mx);
    CHECK_FALSE(facts.failed);
}

TEST_CASE("servers of one preference share the load") {
    told_dns dns;
    for (int i = 0; i < 8; ++i) dns.exchangers["there.example"].push_back({10, "mx" + std::to_string(i) + ".example"});
    std::set<std::string> first;
    for (int i = 0; i < 200; ++i) first.insert(look_up("there.example", dns.calls()).servers.front().record.host);
    CHECK(first.size() == 8);
}

TEST_CASE("a domain without MX records is its own server") {
    told_dns dns;
    dns.addresses["there.example"] = {"192.0.2.1"};
    dns.certificates["_25._tcp.there.example"] = {tlsa(3)};
    auto const facts = facts_of(dns);
    CHECK(facts.has_no_mx);
    CHECK(hosts_of(facts) == names{"there.example"});
    CHECK(facts.servers.front().authenticated);
}

TEST_CASE("a null MX is no server, and nothing is asked about it") {
    told_dns dns;
    dns.exchangers["there.example"] = {{0, ""}};
    auto const facts = facts_of(dns);
    CHECK(hosts_of(facts) == names{""});
    CHECK(dns.asked == names{"there.example"});
}

TEST_CASE("certificates count where DNSSEC vouches for every step to them") {
    auto dns = two_servers();
    dns.certificates["_25._tcp.mx.there.example"] = {tlsa(3)};
    CHECK(facts_of(dns).servers.front().authenticated);
    CHECK(facts_of(dns).servers.front().certificates_of == "mx.there.example");
    for (char const* weak : {"there.example", "mx.there.example"}) {
        dns.insecure = {weak};
        auto const facts = facts_of(dns);
        CHECK(facts.servers.front().certificates.empty());
        CHECK_FALSE(facts.servers.front().authenticated);
    }
    dns.insecure = {"_25._tcp.mx.there.example"};
    CHECK_FALSE(facts_of(dns).servers.front().authenticated);
}

TEST_CASE("without DNSSEC certificates are asked for only to be shown") {
    auto dns = two_servers();
    dns.insecure = {"there.example"};
    dns.certificates["_25._tcp.mx.there.example"] = {tlsa(3)};
    facts_of(dns);
    CHECK(std::ranges::find(dns.asked, "_25._tcp.mx.there.example") == dns.asked.end());
    auto const shown = facts_of(dns, true).servers.front();
    CHECK(shown.certificates.size() == 1);
    CHECK_FALSE(shown.authenticated);
}

TEST_CASE("a server that nobody can be asked about is marked, unless only insecure certificates are missing") {
    auto dns = two_servers();
    dns.silent = {"mx.there.example"};
    CHECK(facts_of(dns).servers.front().failed);
    CHECK_FALSE(facts_of(dns).servers.back().failed);
    dns.silent = {"_25._tcp.mx.there.example"};
    CHECK(facts_of(dns).servers.front().failed);  // RFC 7672 §2.1.1
    dns.insecure = {"mx.there.example"};
    CHECK_FALSE(facts_of(dns, true).servers.front().failed);
    dns.silent = {"there.example"};
    CHECK(facts_of(dns).failed);
    CHECK(facts_of(dns).servers.empty());
}

TEST_CASE("a server that is an alias has the certificates of its end, else those of the name in the MX record") {
    told_dns dns;
    dns.exchangers["there.example"] = {{10, "mx.there.example"}};
    dns.aliases["mx.there.example"] = "host.provider.example";
    dns.addresses["host.provider.example"] = {"192.0.2.1"};
    dns.certificates["_25._tcp.mx.there.example"] = {tlsa(3)};
    CHECK(facts_of(dns).servers.front().certificates_of == "mx.there.example");
    CHECK(facts_of(dns).servers.front().is_alias);
    dns.certificates["_25._tcp.host.provider.example"] = {tlsa(2)};
    CHECK(facts_of(dns).servers.front().certificates_of == "host.provider.example");
    dns.insecure = {"_25._tcp.host.provider.example"};
    CHECK(facts_of(dns).servers.front().certificates_of == "mx.there.example");
    dns.silent = {"_25._tcp.host.provider.example"};
    CHECK(facts_of(dns).servers.front().failed);
}

TEST_CASE("hazard 87: of 10,000 servers the best are looked at, and hosts named twice once") {
    told_dns dns;
    auto& all = dns.exchangers["there.example"];
    for (unsigned i = 0; i < 10'000; ++i) all.push_back({10'000 - i, "mx" + std::to_string(i) + ".example"});
    auto facts = facts_of(dns);
    CHECK(facts.servers.size() == limits::mail_exchangers);
    CHECK(facts.left_out == 10'000 - limits::mail_exchangers);
    CHECK(facts.servers.front().record.host == "mx9999.example");
    CHECK(dns.asked.size() <= 1 + 3 * limits::mail_exchangers);
    all.assign(10'000, {10, "same.example"});
    all.push_back({5, "SAME.example"});
    facts = facts_of(dns);
    CHECK(hosts_of(facts) == names{"SAME.example"});
    CHECK(facts.left_out == 0);
}

TEST_CASE("of very many addresses the first are kept") {
    auto dns = two_servers();
    dns.addresses["mx.there.example"].assign(10'000, "192.0.2.1");
    CHECK(facts_of(dns).servers.front().addresses.size() == limits::connection_attempts);
}
