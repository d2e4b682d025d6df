#include "choice.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/address.hpp>

#include "derived_server.hpp"
#include "exit_codes.hpp"

namespace postrider::app {
namespace {

/// A server as --server takes it. Without "://" it is host[:port] on smtp://.
smtp::server_url parse_url(std::string const& text) {
    std::string why;
    auto const url = smtp::parse_server_url(text.find("://") == text.npos ? "smtp://" + text : text, why);
    if (!url)
        throw error(exit_code::usage, "'" + text + "' names no server: " + why,
                    "write smtp://host:port, smtps://host or lmtp:///path");
    return *url;
}

server_choice from_preset(preset const& p, std::string why) {
    server_choice choice;
    choice.url = parse_url(p.smtp);
    choice.login = p.login;
    choice.why = std::move(why);
    if (p.only_login_mechanism) choice.options.mechanisms = {"LOGIN"};
    return choice;
}

server_choice from_provider(config const& c, std::string const& name) {
    auto const p = preset_by_name(c.providers, name);
    if (!p) throw error(exit_code::config, "no provider '" + name + "' is known", "give --server instead");
    return from_preset(*p, "the provider " + p->name);
}

server_choice from_account(config const& c, account const& a) {
    server_choice choice = a.server.empty() ? from_provider(c, a.provider) : server_choice{};
    if (!a.server.empty()) choice.url = parse_url(a.server);
    choice.why = "the account in the configuration";
    auto const from = mime::parse_mailbox(a.from);
    choice.user = a.user.value_or(from ? from->address : "");
    choice.password = {a.password_command, a.password_file, a.password_env, {}};
    choice.token_command = a.token_command;
    if (!a.auth.empty()) choice.options.mechanisms = {a.auth};
    apply(a.tls, choice.options.tls);
    apply(a.route, choice.options);
    choice.options.local_hostname = a.local_hostname;
    if (a.timeout_seconds)
        choice.options.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(*a.timeout_seconds * 1000));
    return choice;
}

std::string domain_of(std::string_view address) {
    auto const at = address.rfind('@');
    return at == address.npos ? std::string() : ascii::lower(address.substr(at + 1));
}

/// Never without TLS, whatever the host: a name that DNS leads back to this machine is no reason to trust it.
std::optional<server_choice> from_dns(server_options const& o, std::string_view sender) {
    std::string const domain = domain_of(sender);
    if (domain.find('.') == domain.npos) return std::nullopt;
    auto const found = derive_server(domain, dns_query(o.resolver));
    if (!found) return std::nullopt;
    server_choice choice;
    choice.url = found->url;
    choice.why = found->why;
    choice.is_derived = true;
    choice.user = sender;
    choice.options.starttls = smtp::starttls_policy::required;
    return choice;
}

server_choice where(server_options const& o, config const& c, std::string_view sender) {
    if (!o.server.empty()) {
        server_choice choice;
        choice.url = parse_url(o.server);
        choice.why = "as the command line says";
        return choice;
    }
    if (!o.account.empty()) return from_account(c, c.named(o.account));
    if (!o.provider.empty()) return from_provider(c, o.provider);
    if (account const* own = c.for_sender(sender)) return from_account(c, *own);
    if (auto const p = preset_by_domain(c.providers, domain_of(sender))) {
        server_choice choice = from_preset(*p, "the provider " + p->name + " of " + domain_of(sender));
        choice.user = sender;  // every one of them wants a login
        return choice;
    }
    if (auto choice = from_dns(o, sender)) return *std::move(choice);
    std::string const unknown = sender.empty() ? "" : ", and none is known for " + std::string(sender);
    throw error(exit_code::usage, "no server is given" + unknown,
                "give --server URL, or an account in " + usual_config_path().string());
}

smtp::starttls_policy parse_policy(std::string const& word) {
    if (word == "off") return smtp::starttls_policy::off;
    return word == "offered" ? smtp::starttls_policy::offered : smtp::starttls_policy::required;
}

/// The command line's word counts more than that of account, provider and URL.
void override(server_choice& choice, server_options const& o) {
    smtp::client_options& options = choice.options;
    apply(o.tls, options.tls);
    apply(o.route, options);
    choice.shows_proxy_password = !o.route.proxy.empty() && !parse_proxy(o.route.proxy).password.empty();
    if (!o.local_hostname.empty()) options.local_hostname = o.local_hostname;
    if (!o.starttls.empty()) options.starttls = parse_policy(o.starttls);
    if (!o.mechanisms.empty()) options.mechanisms = o.mechanisms;
    if (o.timeout_seconds > 0)
        options.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(o.timeout_seconds * 1000));
    options.tls.accept_any_certificate_dangerously = o.accept_any_certificate_dangerously;
    options.allow_clear_text_login_dangerously = o.allow_clear_text_login_dangerously;
    if (o.no_pipelining) options.ignored_extensions.push_back("PIPELINING");
    if (o.no_chunking) options.ignored_extensions.push_back("CHUNKING");
    if (o.no_binarymime) options.ignored_extensions.push_back("BINARYMIME");
}

/// User and password leave the URL: the program logs in by itself, since only it can ask.
void take_login(server_choice& choice, server_options const& o) {
    if (!choice.url.user.empty()) choice.user = choice.url.user;
    if (!choice.url.password.empty()) choice.password = {{}, {}, {}, choice.url.password};
    choice.url.user.clear();
    choice.url.password.clear();
    if (!o.user.empty()) choice.user = o.user;
    if (o.password.any()) choice.password = o.password;
    if (!o.token_command.empty()) choice.token_command = o.token_command;
    bool const has_secret = o.password.any() || !o.token_command.empty();
    if (choice.user.empty() && has_secret)
        throw error(exit_code::usage, "a password or token is given and no user", "add --user");
}

bool takes_no_secret(std::vector<std::string> const& mechanisms) {
    return !mechanisms.empty() && std::all_of(mechanisms.begin(), mechanisms.end(), [](auto const& name) {
        return ascii::equal_without_case(name, "EXTERNAL") || ascii::equal_without_case(name, "ANONYMOUS");
    });
}

}  // namespace

server_choice choose_server(server_options const& o, config const& c, std::string_view sender) {
    server_choice choice = where(o, c, sender);
    override(choice, o);
    take_login(choice, o);
    choice.options.preface = proxy_header(o.claim);
    choice.xclient = o.claim.xclient;
    return choice;
}

smtp::client_options connection_options(server_options const& o) {
    server_choice nowhere;
    override(nowhere, o);
    return nowhere.options;
}

void one_command_at_a_time(server_choice& choice) {
    for (char const* keyword : {"PIPELINING", "CHUNKING"}) choice.options.ignored_extensions.emplace_back(keyword);
}

std::string secret_for(server_choice const& where, std::ostream& warnings) {
    if (where.is_derived)
        warnings << "postrider: the server is " << to_string(where.url) << ", by " << where.why << '\n';
    auto const warn = [&](std::string_view line) { warnings << "postrider: warning: " << line << '\n'; };
    if (where.shows_proxy_password)
        warn("the proxy's password is seen by every user of this machine; use --proxy-password-command");
    if (where.user.empty() || !where.token_command.empty() || takes_no_secret(where.options.mechanisms)) return {};
    return read_password(where.password, "Password of " + where.user + ": ", ask_on_terminal, warn);
}

sasl::credentials credentials_for(server_choice const& where, std::string const& secret) {
    sasl::credentials who{where.user, secret, {}};
    if (where.token_command.empty()) return who;
    who.token = [command = where.token_command](bool former_was_refused) -> postrider::result<std::string> {
        return read_from_command(former_was_refused ? "export POSTRIDER_TOKEN_REFUSED=1\n" + command : command,
                                 "token");
    };
    return who;
}

}  // namespace postrider::app
