#include <doctest/doctest.h>

#include <postrider/client/mta_sts_cache.hpp>
#include <postrider/core/limits.hpp>

#include "told_dns.hpp"

using namespace postrider;
using namespace postrider::test;
using namespace std::chrono_literals;
using mta_sts::policy_source;

namespace {

mta_sts::policy naming(std::string pattern, mta_sts::mode mode = mta_sts::mode::enforce) {
    mta_sts::policy made;
    made.mode = mode;
    made.max_age = std::chrono::hours{24 * 7};
    made.patterns = {std::move(pattern)};
    return made;
}

/// A domain with a policy, who asks for it, and what the clock says.
struct scene {
    told_dns dns;
    set_host host;
    mta_sts::policy_cache cache{host};
    std::optional<mta_sts::policy> served = naming("mx.there.example");
    int fetches = 0;

    scene() { announce("1"); }
    void announce(std::string const& id) { dns.texts["_mta-sts.there.example"] = {"v=STSv1; id=" + id}; }

    mta_sts::policy_finding find(std::string const& domain = "there.example") {
        return cache.find(domain, dns.calls(), [&](auto const&, std::string& why) -> result<mta_sts::policy> {
            ++fetches;
            if (served) return *served;
            why = "status 404";
            return make_error_code(std::errc::bad_message);
        });
    }
};

}  // namespace

TEST_CASE("a policy is fetched once, and again when its id changes or a day is over") {
    scene s;
    CHECK(s.find().source == policy_source::fetched);
    CHECK(s.find("There.Example.").source == policy_source::cached);
    CHECK(s.fetches == 1);
    s.announce("2");
    s.served = naming("new.there.example");
    auto const changed = s.find();
    CHECK(changed.source == policy_source::fetched);
    CHECK(changed.policy()->patterns.front() == "new.there.example");
    s.host.time += 25h;
    CHECK(s.find().source == policy_source::fetched);
    CHECK(s.fetches == 3);
}

TEST_CASE("a domain that announces no policy has none, and nothing is fetched") {
    scene s;
    s.dns.texts.clear();
    auto const found = s.find();
    CHECK(found.source == policy_source::none);
    CHECK_FALSE(found.policy());
    CHECK(found.why.empty());
    CHECK(s.fetches == 0);
}

TEST_CASE("what is known goes on holding when DNS is silent, says nothing, or the policy cannot be had") {
    scene s;
    s.find();
    auto const still_holds = [&] {
        auto const found = s.find();
        CHECK(found.source == policy_source::kept);
        CHECK(found.policy() == naming("mx.there.example"));
        CHECK_FALSE(found.why.empty());
    };
    SUBCASE("silent") {
        s.dns.silent = {"_mta-sts.there.example"};
    }
    SUBCASE("removed") {
        s.dns.texts.clear();
    }
    SUBCASE("two records") {
        s.dns.texts["_mta-sts.there.example"].push_back("v=STSv1; id=3");
    }
    SUBCASE("changed and not served") {
        s.announce("2");
        s.served.reset();
    }
    still_holds();
    s.host.time += 24h * 7;
    CHECK_FALSE(s.find().policy());
}

TEST_CASE("where nothing is known, a policy that cannot be had is none, and says why") {
    scene s;
    s.served.reset();
    auto const found = s.find();
    CHECK(found.source == policy_source::none);
    CHECK(found.why.find("https://mta-sts.there.example/.well-known/mta-sts.txt: status 404") != std::string::npos);
    s.dns.silent = {"_mta-sts.there.example"};
    CHECK(s.find().why.find("DNS does not answer") != std::string::npos);
}

TEST_CASE("a fetch that failed is repeated after five minutes, or for another id at once") {
    scene s;
    s.served.reset();
    s.find();
    s.host.time += 4min;
    s.find();
    CHECK(s.fetches == 1);
    s.announce("2");
    s.find();
    CHECK(s.fetches == 2);
    s.host.time += 5min;
    s.served = naming("mx.there.example");
    CHECK(s.find().source == policy_source::fetched);
    CHECK(s.fetches == 3);
}

TEST_CASE("a policy that is withdrawn says so by mode none") {
    scene s;
    s.find();
    s.announce("2");
    s.served = naming("ignored.example", mta_sts::mode::none);
    CHECK(s.find().policy()->mode == mta_sts::mode::none);
    s.dns.texts.clear();
    CHECK(s.find().policy()->mode == mta_sts::mode::none);
}

TEST_CASE("what is known can be kept in a file") {
    scene s;
    s.served = naming("*.there.example");
    s.served->patterns.push_back("mx.other.example");
    s.find();
    CHECK(s.cache.to_text() == "there.example 1 1795141872 604800 enforce *.there.example mx.other.example\n");
    scene later;
    later.served.reset();
    later.dns.texts.clear();
    later.cache.add_text(s.cache.to_text());
    CHECK(later.find().policy() == s.served);
    later.host.time += 24h * 7;
    CHECK(later.cache.to_text().empty());
}

TEST_CASE("of two that are known the younger one counts") {
    scene s;
    s.find();
    s.cache.add_text("there.example 0 1795141871 604800 enforce old.example\n");
    CHECK(s.find().policy() == naming("mx.there.example"));
    s.host.time += 1h;
    s.cache.add_text("there.example 1 1795141873 604800 enforce new.example\n");
    CHECK(s.find().policy() == naming("new.example"));
}

TEST_CASE("lines of a file that are none, from the future or over are passed over") {
    scene s;
    s.cache.add_text(
        "\n \nthere.example\nthere.example 1 x 604800 enforce mx.example\n"
        "there.example 1 1795141872 604800 enforce\n"
        "there.example 1 1795141872 604800 enforce mx/example\n"
        "there.example 1 1795141872 604800 strict mx.example\n"
        "there.example 1 1795141872 -5 enforce mx.example\n"
        "there.example 1 99999999999999999999 604800 enforce mx.example\n"
        "there.example 1 9223372036854775807 604800 enforce mx.example\n"
        "there.example 1 1795149999 604800 enforce mx.example\n"
        "there.example 1 1700000000 604800 enforce mx.example\n"
        "there.example an-id 1795141872 604800 enforce mx.example\n" +
        std::string(100'000, 'x') + "\n" + std::string(1000, '\0'));
    CHECK(s.cache.to_text().empty());
}

TEST_CASE("a flood of domains does not grow without bound, and the first ones give way") {
    scene s;
    std::string many;
    for (std::size_t i = 0; i < limits::mta_sts_policies + 10; ++i)
        many += "d" + std::to_string(i) + ".example 1 " + std::to_string(1'795'000'000 + i) +
                " 604800 enforce mx.example\n";
    s.cache.add_text(many);
    auto const kept = s.cache.to_text();
    CHECK(static_cast<std::size_t>(std::ranges::count(kept, '\n')) == limits::mta_sts_policies);
    CHECK(kept.find("d9.example ") == std::string::npos);
    CHECK(kept.find("d10.example ") != std::string::npos);
}
