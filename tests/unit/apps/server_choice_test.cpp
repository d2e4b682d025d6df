#include "server/choice.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "thrown.hpp"

using namespace postrider::app;
using namespace postrider;
using namespace std::chrono_literals;

namespace {

config const configured = parse_config(R"(
[account.work]
server = "smtp://smtp.example.com"
from = "me@example.com"
password_env = "WORK"
ca_file = "/ca.pem"
timeout = 1.5
[account.relay]
provider = "qq"
user = "someone"
[provider.QQ]
domains = ["qq.com"]
smtp = "smtp://relay.example:2525"
)",
                                       "config.toml");

server_options with(void (*change)(server_options&)) {
    server_options o;
    change(o);
    return o;
}

}  // namespace

TEST_CASE("the command line's server comes first, and a bare host is submission") {
    auto const choice = choose_server(with([](auto& o) { o.server = "mail.example:2587", o.account = "work"; }),
                                      configured, "me@qq.com");
    CHECK(choice.url.where == net::endpoint{"mail.example", 2587, {}});
    CHECK(choice.url.kind == smtp::server_url::smtp);
    CHECK(choice.url.effective_starttls() == smtp::starttls_policy::required);
    CHECK(choice.user.empty());
}

TEST_CASE("a user and a password in the URL are taken out of it") {
    auto const choice = choose_server(with([](auto& o) { o.server = "smtps://u%40x:p@mail.example"; }), {}, {});
    CHECK(choice.user == "u@x");
    CHECK(choice.password.command_line == "p");
    CHECK(to_string(choice.url).find("u%40x") == std::string::npos);
}

TEST_CASE("an account brings its login, its certificate and its patience") {
    auto const choice = choose_server(with([](auto& o) { o.account = "work"; }), configured, {});
    CHECK(choice.url.where.host == "smtp.example.com");
    CHECK(choice.user == "me@example.com");
    CHECK(choice.password.env == "WORK");
    CHECK(choice.options.tls.ca_file == "/ca.pem");
    CHECK(choice.options.timeout == 1500ms);
}

TEST_CASE("the sender's address chooses the account, its domain the provider, one's own before the table's") {
    CHECK(choose_server({}, configured, "ME@example.com").url.where.host == "smtp.example.com");
    CHECK(choose_server({}, configured, "me@qq.com").url.where == net::endpoint{"relay.example", 2525, {}});
    auto const choice = choose_server({}, configured, "me@163.com");
    CHECK(choice.url.where == net::endpoint{"smtp.163.com", 465, {}});
    CHECK(choice.user == "me@163.com");
    CHECK(choice.login == login_rule::authorization_code);
    CHECK(choose_server(with([](auto& o) { o.provider = "zoho"; }), {}, {}).options.mechanisms ==
          std::vector<std::string>{"LOGIN"});
}

TEST_CASE("options override what account and provider say") {
    auto const choice =
        choose_server(with([](auto& o) {
                          o.account = "work", o.user = "other", o.password.file = "f", o.tls.ca_file = "c";
                          o.timeout_seconds = 9, o.starttls = "offered", o.no_pipelining = o.no_chunking = true;
                          o.mechanisms = {"PLAIN"};
                      }),
                      configured, {});
    CHECK(choice.user == "other");
    CHECK(choice.password.file == "f");
    CHECK(choice.password.env.empty());
    CHECK(choice.options.tls.ca_file == "c");
    CHECK(choice.options.timeout == 9000ms);
    CHECK(choice.options.starttls == smtp::starttls_policy::offered);
    CHECK(choice.options.ignored_extensions == std::vector<std::string>{"PIPELINING", "CHUNKING"});
    CHECK(choice.options.mechanisms == std::vector<std::string>{"PLAIN"});
}

TEST_CASE("what is asked of TLS comes from the command line, and from the account where that is silent") {
    auto const digits = std::string(64, 'a');
    config c = configured;
    c.accounts["work"].tls.certificate_file = "cert", c.accounts["work"].tls.key_file = "key";
    c.accounts["work"].tls.fingerprints = {digits};
    server_options o;
    o.account = "work", o.tls.fingerprint_is_enough = true, o.tls.least_version = "1.3";
    auto tls = choose_server(o, c, {}).options.tls;
    CHECK(tls.ca_file == "/ca.pem");
    CHECK(tls.certificate_file == "cert");
    CHECK(tls.key_file == "key");
    CHECK(tls.fingerprints == std::vector<std::string>{digits});
    CHECK(tls.fingerprint_is_enough);
    CHECK(tls.least_version == net::tls_version::tls_1_3);
    o.tls.tlsa = {"3 1 1 " + digits};
    CHECK(choose_server(o, c, {}).options.tls.tlsa.size() == 1);
    o.tls.certificate_file = "both";
    CHECK(choose_server(o, c, {}).options.tls.key_file.empty());

    for (auto spoil :
         {+[](tls_choice& t) { t.fingerprints = {"abc"}; }, +[](tls_choice& t) { t.key_file = "key"; },
          +[](tls_choice& t) { t.fingerprint_is_enough = true; }, +[](tls_choice& t) { t.tlsa = {"3 1 1 abc"}; },
          +[](tls_choice& t) { t.tlsa = {"0 0 1 " + std::string(64, 'a')}; }}) {
        server_options wrong;
        wrong.server = "smtp://x";
        spoil(wrong.tls);
        CHECK(thrown_by([&] { choose_server(wrong, {}, {}); }).code() == exit_code::usage);
    }
}

TEST_CASE("the address to connect from comes from the command line before the account") {
    config c = configured;
    c.accounts["work"].route.source_address = "192.0.2.1";
    server_options o;
    o.account = "work";
    CHECK(choose_server(o, c, {}).options.source_address == net::endpoint{"192.0.2.1", 0, {}});
    o.route.source_address = "::1";
    CHECK(choose_server(o, c, {}).options.source_address == net::endpoint{"::1", 0, {}});
}

TEST_CASE("a proxy is a URL; its password comes from a command, or is warned of") {
    config c = configured;
    c.accounts["work"].route.proxy = "http://proxy.example:3128";
    server_options o;
    o.account = "work";
    CHECK(to_string(choose_server(o, c, {}).options.proxy.value()) == "http://proxy.example:3128");

    o.route.proxy = "socks5://me@127.0.0.1", o.route.proxy_password_command = "echo secret";
    auto const asked = choose_server(o, c, {}).options.proxy.value();
    CHECK(asked.kind == proxy::protocol::socks5);
    CHECK(asked.where == net::endpoint{"127.0.0.1", 1080, {}});
    CHECK(asked.user == "me");
    CHECK(asked.password == "secret");

    std::ostringstream warnings;
    server_options seen;
    seen.server = "smtp://x", seen.route.proxy = "socks5://me:secret@127.0.0.1";
    CHECK(secret_for(choose_server(seen, {}, {}), warnings).empty());
    CHECK(warnings.str().find("the proxy's password is seen") != std::string::npos);
    CHECK(warnings.str().find("secret") == std::string::npos);

    for (auto const& wrong :
         {"proxy.example", "https://proxy.example", "socks4://proxy", "http://proxy:0", "http://"}) {
        seen.route.proxy = wrong;
        CHECK(thrown_by([&] { choose_server(seen, {}, {}); }).code() == exit_code::usage);
    }
    seen.route = {};
    seen.route.proxy_password_command = "echo secret";
    CHECK(thrown_by([&] { choose_server(seen, {}, {}); }).code() == exit_code::usage);
}

TEST_CASE("a token comes from its command, when it is asked for, and in place of a password") {
    auto const choice = choose_server(with([](auto& o) {
                                          o.account = "work", o.user = "me";
                                          o.token_command = "echo \"token$POSTRIDER_TOKEN_REFUSED\"; echo more";
                                      }),
                                      configured, {});
    std::ostringstream warnings;
    CHECK(secret_for(choice, warnings).empty());
    auto const who = credentials_for(choice, {});
    CHECK(who.user == "me");
    REQUIRE(who.token);
    CHECK(who.token(false).value() == "token");
    CHECK(who.token(true).value() == "token1");
    CHECK(credentials_for({}, "secret").secret == "secret");
    CHECK_FALSE(credentials_for({}, "secret").token);

    auto const failing =
        choose_server(with([](auto& o) { o.account = "work", o.token_command = "exit 3"; }), configured, {});
    CHECK(thrown_by([&] { credentials_for(failing, {}).token(false).value(); }).code() == exit_code::config);
    CHECK(thrown_by([&] {
              choose_server(with([](auto& o) { o.server = "smtp://x", o.token_command = "echo t"; }), configured, {});
          }).code() == exit_code::usage);
}

TEST_CASE("EXTERNAL and ANONYMOUS ask nobody for a password") {
    std::ostringstream warnings;
    auto const asking = [&](std::vector<std::string> mechanisms) {
        server_choice choice;
        choice.user = "me";
        choice.options.mechanisms = std::move(mechanisms);
        choice.password.command_line = "secret";
        return secret_for(choice, warnings);
    };
    CHECK(asking({"external"}).empty());
    CHECK(asking({"EXTERNAL", "ANONYMOUS"}).empty());
    CHECK(asking({"EXTERNAL", "PLAIN"}) == "secret");
    CHECK(asking({}) == "secret");
}

TEST_CASE("nothing dangerous is on by default") {
    auto const choice = choose_server({}, configured, "me@163.com");
    CHECK_FALSE(choice.options.tls.accept_any_certificate_dangerously);
    CHECK_FALSE(choice.options.allow_clear_text_login_dangerously);
}

TEST_CASE("no server, no such account, no such provider, no URL, a password for nobody") {
    auto const code_of = [](server_options const& o, char const* sender) {
        return thrown_by([&] { choose_server(o, configured, sender); }).code();
    };
    CHECK(code_of(with([](auto& o) { o.resolver = "127.0.0.1:1"; }), "me@unknown.example") == exit_code::usage);
    CHECK(code_of({}, "") == exit_code::usage);
    CHECK(code_of(with([](auto& o) { o.account = "gone"; }), "") == exit_code::config);
    CHECK(code_of(with([](auto& o) { o.provider = "gone"; }), "") == exit_code::config);
    CHECK(code_of(with([](auto& o) { o.server = "ftp://x"; }), "") == exit_code::usage);
    CHECK(code_of(with([](auto& o) { o.server = "smtp://x:port"; }), "") == exit_code::usage);
    CHECK(code_of(with([](auto& o) { o.server = "smtp://x", o.password.env = "P"; }), "") == exit_code::usage);
}
