#include "server/presets.hpp"

#include <doctest/doctest.h>

#include <postrider/client/server_url.hpp>
#include <postrider/core/ascii.hpp>
#include <set>

#include "text.hpp"

using namespace postrider::app;

TEST_CASE("a provider is found by name, alias and mail domain, whatever the case and the spaces") {
    CHECK(preset_by_name({}, "qq")->smtp == "smtps://smtp.qq.com");
    CHECK(preset_by_name({}, "Google mail")->name == "Gmail");
    CHECK(preset_by_name({}, "GOOGLEMAIL")->name == "Gmail");
    CHECK(preset_by_name({}, "ses")->smtp == "smtps://email-smtp.us-east-1.amazonaws.com");
    CHECK(preset_by_name({}, "ses-AP-northeast-3")->smtp == "smtps://email-smtp.ap-northeast-3.amazonaws.com");
    CHECK(preset_by_domain({}, "GoogleMail.com")->name == "Gmail");
    CHECK(preset_by_domain({}, "foxmail.com")->imap == "imap.qq.com");
    for (char const* domain : {"me.com", "mac.com", "tuta.com", "pm.me", "email.cz", "ik.me", "gmx.net", "hotmail.com"})
        CHECK_MESSAGE(preset_by_domain({}, domain), domain);
}

TEST_CASE("a domain is a domain and no name: a password goes nowhere by a guess") {
    CHECK_FALSE(preset_by_domain({}, "qq"));
    CHECK_FALSE(preset_by_domain({}, "example.com"));
    CHECK_FALSE(preset_by_domain({}, "evil-gmail.com"));
    CHECK_FALSE(preset_by_domain({}, "gmail.com.example"));
    CHECK_FALSE(preset_by_domain({}, ""));
    CHECK_FALSE(preset_by_name({}, ""));
}

TEST_CASE("every row of the table is a server that can be parsed, under TLS unless it is this machine") {
    for (preset const& p : built_in_presets()) {
        CAPTURE(p.name);
        std::string why;
        auto const url = postrider::smtp::parse_server_url(p.smtp, why);
        REQUIRE_MESSAGE(url.has_value(), why);
        bool const under_tls = url->kind == postrider::smtp::server_url::smtps ||
                               url->effective_starttls() == postrider::smtp::starttls_policy::required;
        CHECK((under_tls || is_loopback(url->where)));
    }
}

TEST_CASE("no name, alias or domain stands twice in the table") {
    std::set<std::string> names, domains;
    for (preset const& p : built_in_presets()) {
        CHECK_MESSAGE(names.insert(postrider::ascii::lower(p.name)).second, p.name);
        for (auto const& domain : p.domains) {
            CHECK_MESSAGE(domains.insert(domain).second, domain);
            CHECK(domain == postrider::ascii::lower(domain));
        }
    }
    CHECK(built_in_presets().size() > 85);
}

TEST_CASE("the ports of the table") {
    auto const port = [](char const* name) {
        std::string why;
        return postrider::smtp::parse_server_url(preset_by_name({}, name)->smtp, why)->where.port;
    };
    CHECK(port("163") == 465);
    CHECK(port("AOL") == 587);
    CHECK(port("Postmark") == 2525);
    CHECK(port("Godaddy") == 25);
    CHECK(port("Maildev") == 1025);
}

TEST_CASE("one's own providers come before the table's") {
    preset own;
    own.name = "QQ";
    own.domains = {"qq.com"};
    own.smtp = "smtp://relay.example";
    std::vector<preset> const all{own};
    CHECK(preset_by_name(all, "qq")->smtp == "smtp://relay.example");
    CHECK(preset_by_domain(all, "qq.com")->smtp == "smtp://relay.example");
    CHECK(preset_by_domain(all, "163.com")->smtp == "smtps://smtp.163.com");
}

TEST_CASE("a provider's rule for logins is told") {
    CHECK(advice_for(preset_by_name({}, "qq")->login).find("授权码") != std::string_view::npos);
    CHECK(advice_for(preset_by_name({}, "outlook")->login).find("OAuth") != std::string_view::npos);
    CHECK(advice_for(login_rule::password).empty());
    CHECK(preset_by_name({}, "zoho")->only_login_mechanism);
}
