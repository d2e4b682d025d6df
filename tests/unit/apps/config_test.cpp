#include "config.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include "support.hpp"
#include "thrown.hpp"

using namespace postrider::app;

namespace {

constexpr char const* two_accounts = R"(
default_account = "work"
[account.work]
server = "smtp://smtp.example.com"
from = "Me <me@example.com>"
password_command = "pass show work"
timeout = 30
[account.home]
provider = "qq"
from = "Me@QQ.com"
password_env = "QQ_CODE"
[provider.example]
domains = ["Example.com", "example.net"]
smtp = "smtp://smtp.example.com"
)";

error wrong_config(std::string const& toml) {
    return thrown_by([&] { parse_config(toml, "config.toml"); });
}

}  // namespace

TEST_CASE("accounts and providers are read") {
    config const c = parse_config(two_accounts, "config.toml");
    CHECK(c.named("work").server == "smtp://smtp.example.com");
    CHECK(c.named("work").timeout_seconds == 30.0);
    CHECK(c.named("home").password_env == "QQ_CODE");
    REQUIRE(c.providers.size() == 1);
    CHECK(c.providers[0].domains == std::vector<std::string>{"example.com", "example.net"});
}

TEST_CASE("the sender chooses the account, else the default one stands") {
    config const c = parse_config(two_accounts, "config.toml");
    CHECK(c.for_sender("me@qq.com")->provider == "qq");
    CHECK(c.for_sender("someone@else.example")->server == "smtp://smtp.example.com");
    CHECK(c.for_sender("")->server == "smtp://smtp.example.com");
    CHECK(parse_config("", "x").for_sender("me@qq.com") == nullptr);
}

TEST_CASE("an account may say what it asks of TLS and of the way") {
    config const c = parse_config(R"([account.a]
server = "smtp://x"
ca_file = "ca"
certificate_file = "cert"
key_file = "key"
fingerprints = ["AB"]
fingerprint_is_enough = true
least_tls = "1.3"
source_address = "::1"
proxy = "socks5://me@proxy"
proxy_password_command = "pass")",
                                  "x");
    tls_choice const& tls = c.named("a").tls;
    CHECK(tls.ca_file == "ca");
    CHECK(tls.certificate_file == "cert");
    CHECK(tls.key_file == "key");
    CHECK(tls.fingerprints == std::vector<std::string>{"ab"});
    CHECK(tls.fingerprint_is_enough);
    CHECK(tls.least_version == "1.3");
    CHECK(c.named("a").route.source_address == "::1");
    CHECK(c.named("a").route.proxy == "socks5://me@proxy");
    CHECK(c.named("a").route.proxy_password_command == "pass");
    CHECK(std::string(wrong_config("[account.a]\nserver = 'smtp://x'\nproxy = 'http://me:secret@proxy'").what())
              .find("does not belong into this file") != std::string::npos);
    CHECK(std::string(wrong_config("[account.a]\nserver = 'smtp://x'\nleast_tls = '1.1'").what())
              .find("\"1.2\" or \"1.3\" is due here") != std::string::npos);
    CHECK(std::string(wrong_config("[account.a]\nserver = 'smtp://x'\nfingerprint_is_enough = 1").what())
              .find("true or false") != std::string::npos);
}

TEST_CASE("an account may name its mechanism, and the command that gives its token") {
    config const c = parse_config("[account.a]\nserver = 'smtp://x'\nauth = 'XOAUTH2'\ntoken_command = 'oauth x'", "x");
    CHECK(c.named("a").auth == "XOAUTH2");
    CHECK(c.named("a").token_command == "oauth x");
    CHECK(std::string(wrong_config("[account.a]\nserver = 'smtp://x'\ntoken = 'ya29'").what()).find("password") !=
          std::string::npos);
}

TEST_CASE("an account that is not there is a configuration error") {
    CHECK(thrown_by([] { parse_config("", "x").named("work"); }).code() == exit_code::config);
    CHECK(thrown_by([] { parse_config("default_account = 'gone'", "x").for_sender(""); }).code() == exit_code::config);
}

TEST_CASE("what is wrong is told with file and line") {
    CHECK(std::string(wrong_config("\n\n[account").what()).starts_with("config.toml:3: "));
    CHECK(std::string(wrong_config("[account.a]\nserver = 'smtp://x'\nusr = 'me'").what()) ==
          "config.toml:3: unknown key 'usr'");
    CHECK(std::string(wrong_config("[account.a]\nserver = 25").what()).starts_with("config.toml:2: "));
    CHECK(std::string(wrong_config("account = 'a'").what()).starts_with("config.toml:1: "));
    CHECK(std::string(wrong_config("[account]\na = 1").what()).starts_with("config.toml:2: "));
    CHECK(std::string(wrong_config("[account.a]\nfrom = 'me@example.com'").what()).find("server") != std::string::npos);
    CHECK(std::string(wrong_config("[provider.a]\ndomains = [1]").what()).starts_with("config.toml:2: "));
    CHECK(std::string(wrong_config("[provider.a]\ndomains = ['a']").what()).find("smtp") != std::string::npos);
    for (std::string const timeout : {"-1", "0", "0.0001", "1e7", "1e300", "inf", "nan", "'soon'"})
        CHECK(std::string(wrong_config("[account.a]\nserver='x'\ntimeout = " + timeout).what())
                  .starts_with("config.toml:3: a number of seconds from 0.001 to 1000000"));
    CHECK(wrong_config("x = 1").code() == exit_code::config);
}

TEST_CASE("a password does not belong into the file, and is not repeated in the error") {
    error const wrong = wrong_config("[account.a]\nserver = 'smtp://x'\npassword = 'hunter2'");
    CHECK(std::string(wrong.what()).find("password_command") != std::string::npos);
    CHECK(std::string(wrong.what()).find("hunter2") == std::string::npos);
}

TEST_CASE("no file at its usual place is an empty configuration; one named and missing is an error") {
    ::setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    CHECK(usual_config_path() == "/nonexistent/postrider/config.toml");
    CHECK(load_config("").accounts.empty());
    CHECK(thrown_by([] { load_config("/nonexistent/config.toml"); }).code() == exit_code::no_input);
    temporary_file const file(two_accounts);
    CHECK(load_config(file.name()).accounts.size() == 2);
}
