#include <doctest/doctest.h>

#include <postrider/client/delivery_plan.hpp>

#include "told_dns.hpp"

using namespace postrider;
using namespace postrider::test;
using delivery::dead_end;
using delivery::passed_over_for;
using delivery::tls_demand;
using names = std::vector<std::string>;

namespace {

delivery::server_facts server(std::string host, unsigned preference = 10) {
    delivery::server_facts facts;
    facts.record = {preference, std::move(host)};
    facts.addresses = {"192.0.2.1"};
    return facts;
}

delivery::server_facts with_tlsa(std::string host, std::vector<dane::tlsa_record> records) {
    auto facts = server(host);
    facts.certificates = std::move(records);
    facts.certificates_of = host;
    facts.authenticated = true;
    return facts;
}

delivery::mail_facts domain_with(std::vector<delivery::server_facts> servers) {
    delivery::mail_facts facts;
    facts.domain = "there.example";
    facts.servers = std::move(servers);
    return facts;
}

std::optional<mta_sts::policy> policy(mta_sts::mode mode, names patterns = {"mx.there.example"}) {
    mta_sts::policy made;
    made.mode = mode;
    made.max_age = std::chrono::hours{24};
    made.patterns = std::move(patterns);
    return made;
}

passed_over_for objection_to(delivery::server_facts facts, std::optional<mta_sts::policy> const& by = {}) {
    auto const made = make_plan(domain_with({std::move(facts)}), by);
    CHECK(made.hops.empty());
    REQUIRE(made.others.size() == 1);
    CHECK_FALSE(made.others.front().why.empty());
    return made.others.front().reason;
}

}  // namespace

TEST_CASE("without a policy TLS is taken where it is offered") {
    auto const made = make_plan(domain_with({server("mx.there.example"), server("b.there.example", 20)}), {});
    REQUIRE(made.hops.size() == 2);
    CHECK(made.hops[0].host == "mx.there.example");
    CHECK(made.hops[0].tls == tls_demand::opportunistic);
    CHECK_FALSE(made.dead_end);
}

TEST_CASE("TLSA records under DNSSEC demand a certificate that they name") {
    auto const made = make_plan(domain_with({with_tlsa("mx.there.example", {tlsa(3), tlsa(0), tlsa(2)})}), {});
    auto const& hop = made.hops.at(0);
    CHECK(hop.tls == tls_demand::tlsa);
    CHECK(hop.tlsa.size() == 2);
    CHECK(hop.names == names{"mx.there.example", "there.example"});
    CHECK(hop.why.find("RFC 7672") != std::string::npos);
}

TEST_CASE("TLSA records of an alias's end put its name before the others") {
    auto facts = with_tlsa("mx.there.example", {tlsa(2)});
    facts.certificates_of = "host.provider.example";
    auto const made = make_plan(domain_with({facts}), {});
    CHECK(made.hops.at(0).names == names{"host.provider.example", "mx.there.example", "there.example"});
}

TEST_CASE("TLSA records of which none can be used demand TLS, with anybody") {
    for (auto const& useless :
         {tlsa(0), tlsa(1), tlsa(9), tlsa(3, 31), dane::tlsa_record{3, 7, 1, std::string(32, 'x')}}) {
        auto const made = make_plan(domain_with({with_tlsa("mx.there.example", {useless})}), {});
        CHECK(made.hops.at(0).tls == tls_demand::encrypted);
        CHECK(made.hops.at(0).tlsa.empty());
    }
}

TEST_CASE("TLSA records without DNSSEC demand nothing") {
    auto facts = with_tlsa("mx.there.example", {tlsa(3)});
    facts.authenticated = false;
    CHECK(make_plan(domain_with({facts}), {}).hops.at(0).tls == tls_demand::opportunistic);
}

TEST_CASE("an enforced MTA-STS policy demands a valid certificate of the servers it names, and passes over others") {
    auto const made =
        make_plan(domain_with({server("evil.example"), server("mx.there.example")}), policy(mta_sts::mode::enforce));
    REQUIRE(made.hops.size() == 1);
    CHECK(made.hops[0].host == "mx.there.example");
    CHECK(made.hops[0].tls == tls_demand::valid_certificate);
    CHECK(made.hops[0].names == names{"mx.there.example"});
    REQUIRE(made.others.size() == 1);
    CHECK(made.others[0].reason == passed_over_for::mta_sts);
}

TEST_CASE("a policy in testing is remarked on and demands nothing; one of mode none is none") {
    auto const tested =
        make_plan(domain_with({server("evil.example"), server("mx.there.example")}), policy(mta_sts::mode::testing));
    REQUIRE(tested.hops.size() == 2);
    CHECK(tested.hops[0].tls == tls_demand::opportunistic);
    CHECK(tested.hops[0].remark.find("does not name it") != std::string::npos);
    CHECK(tested.hops[1].remark.empty());
    auto const none = make_plan(domain_with({server("evil.example")}), policy(mta_sts::mode::none, {}));
    CHECK(none.hops.at(0).tls == tls_demand::opportunistic);
    CHECK(none.hops.at(0).remark.empty());
}

TEST_CASE("DANE goes before MTA-STS, server by server") {
    auto const made = make_plan(domain_with({with_tlsa("other.there.example", {tlsa(3)}), server("mx.there.example")}),
                                policy(mta_sts::mode::enforce));
    REQUIRE(made.hops.size() == 2);
    CHECK(made.hops[0].tls == tls_demand::tlsa);
    CHECK(made.hops[1].tls == tls_demand::valid_certificate);
}

TEST_CASE("hazard 87: no mail goes where a domain says that it takes none") {
    auto const made = make_plan(domain_with({server("")}), {});
    CHECK(made.dead_end == dead_end::takes_no_mail);
    // Beside other servers the record is a mistake, which RFC 7505 §3 forbids.
    CHECK(make_plan(domain_with({server(""), server("mx.there.example")}), {}).hops.size() == 1);
}

TEST_CASE("hazard 87: a name that is none, and one that leads back here, is passed over") {
    for (auto const& odd :
         names{"192.0.2.1", "mx..example", ".mx.example", "mx example", "mx\r\nDATA", "m\xC3\xBC.example", "[::1]",
               "a/b", std::string(64, 'a') + ".example", std::string(2000, 'a')})
        CHECK_MESSAGE(objection_to(server(odd)) == passed_over_for::odd_name, odd);
    for (char const* own : {"127.0.0.1", "127.8.9.1", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1"}) {
        auto facts = server("localhost");
        facts.addresses = {own};
        CHECK(objection_to(facts) == passed_over_for::loopback);
        delivery::plan_options allowing;
        allowing.allow_loopback = true;
        CHECK(make_plan(domain_with({facts}), {}, allowing).hops.size() == 1);
    }
}

TEST_CASE("who has no address, or cannot be asked about, is passed over") {
    auto facts = server("mx.there.example");
    facts.addresses.clear();
    CHECK(objection_to(facts) == passed_over_for::no_address);
    facts.failed = make_error_code(std::errc::host_unreachable);
    CHECK(objection_to(facts) == passed_over_for::dns_failure);
    CHECK(objection_to(server("evil.example"), policy(mta_sts::mode::enforce)) == passed_over_for::mta_sts);
}

TEST_CASE("a dead end says why, and whether later may be better") {
    auto unreachable = server("mx.there.example"), gone = unreachable;
    unreachable.failed = make_error_code(std::errc::host_unreachable);
    gone.addresses.clear();
    CHECK(make_plan(domain_with({unreachable, gone}), {}).dead_end == dead_end::dns_failure);
    CHECK(make_plan(domain_with({gone}), {}).dead_end == dead_end::no_server);
    auto const enforced = make_plan(domain_with({server("evil.example"), gone}), policy(mta_sts::mode::enforce));
    CHECK(enforced.dead_end == dead_end::mta_sts);
    CHECK(enforced.why_not.find("MTA-STS") != std::string::npos);
    delivery::mail_facts silent = domain_with({});
    silent.failed = make_error_code(std::errc::host_unreachable);
    CHECK(make_plan(silent, {}).dead_end == dead_end::dns_failure);
}

TEST_CASE("a client's options follow from the demand") {
    smtp::client_options base;
    base.tls.ca_file = "ca.pem";
    base.tls.fingerprints = {std::string(64, 'a')};
    base.tls.fingerprint_is_enough = true;
    delivery::hop to{
        "mx.there.example", 10, {"192.0.2.1"}, tls_demand::opportunistic, {}, {"mx.there.example"}, {}, {}};
    struct expectation {
        tls_demand demand;
        smtp::starttls_policy starttls;
        bool anybody;
    };
    using enum smtp::starttls_policy;
    for (auto [demand, starttls, anybody] : {expectation{tls_demand::opportunistic, offered, true},
                                             {tls_demand::encrypted, required, true},
                                             {tls_demand::valid_certificate, required, false},
                                             {tls_demand::tlsa, required, false}}) {
        to.tls = demand;
        if (demand == tls_demand::tlsa)
            to.tlsa = {tlsa(3)}, to.names = {"end.example", "mx.there.example", "there.example"};
        auto const options = options_for(to, base);
        CHECK(options.starttls == starttls);
        CHECK(options.tls.accept_any_certificate_dangerously == anybody);
        CHECK(options.tls.fingerprints.empty());
        CHECK_FALSE(options.tls.fingerprint_is_enough);
        CHECK(options.tls.ca_file == "ca.pem");
        CHECK(options.tls.host_name == to.names.front());
        CHECK(options.tls.tlsa == to.tlsa);
        CHECK(options.lookup("anything").value() == names{"192.0.2.1"});
    }
    CHECK(options_for(to, base).tls.other_names == names{"mx.there.example", "there.example"});
}
