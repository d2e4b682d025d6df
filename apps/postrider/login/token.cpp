#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "commands.hpp"
#include "oauth.hpp"
#include "password.hpp"
#include "token_cache.hpp"

namespace postrider::app {
namespace {

/// What the command line of `token` says.
struct token_options {
    std::string provider, tenant, flow = "device";
    std::string client_id, scope, cache_file, ca_file;
    password_sources secret;
};

/// What is kept, if it is still good; not when the mail server just refused it.
std::optional<std::string> kept_access(std::optional<oauth_tokens> const& kept) {
    constexpr std::chrono::minutes ahead{1};
    bool const was_refused = std::getenv("POSTRIDER_TOKEN_REFUSED") != nullptr;
    bool const is_good = kept && !kept->access.empty() && kept->expires > std::chrono::system_clock::now() + ahead;
    return is_good && !was_refused ? std::optional(kept->access) : std::nullopt;
}

oauth_tokens ask_a_person(oauth_provider const& provider, oauth_client const& client, net::tls_options const& tls) {
    if (!::isatty(STDERR_FILENO))
        throw error(exit_code::config, "there is no token yet, and nobody to enter a code",
                    "run this command once on a terminal");
    return by_device(provider, client, tls,
                     [](std::string const& what) { std::cerr << "postrider: " << what << std::endl; });
}

oauth_tokens fresh_tokens(token_options const& o, oauth_provider const& provider, oauth_client const& client,
                          net::tls_options const& tls, std::optional<oauth_tokens> const& kept) {
    if (o.flow == "client-credentials") return client_credentials(provider, client, tls);
    if (kept && !kept->refresh.empty())
        if (auto tokens = refreshed(provider, client, kept->refresh, tls)) return *std::move(tokens);
    return ask_a_person(provider, client, tls);
}

exit_code token(token_options const& o) {
    net::tls_options tls;
    tls.ca_file = o.ca_file;
    oauth_client client{o.client_id, {}, o.scope};
    auto const warn = [](std::string_view line) { std::cerr << "postrider: warning: " << line << '\n'; };
    token_cache const cache(o.cache_file);
    std::string const key = o.provider + " " + o.tenant + " " + o.flow + " " + o.client_id + " " + o.scope;
    auto const kept = cache.find(key);
    if (auto const access = kept_access(kept)) return std::cout << *access << std::endl, exit_code::ok;

    if (o.secret.any()) client.secret = read_password(o.secret, {}, ask_on_terminal, warn);
    oauth_provider const provider = find_oauth_provider(o.provider, o.tenant, tls);
    if (client.scope.empty())
        client.scope = o.flow == "device" ? provider.device_scope : provider.client_credentials_scope;
    oauth_tokens const tokens = fresh_tokens(o, provider, client, tls, kept);
    cache.keep(key, tokens);
    return std::cout << tokens.access << std::endl, exit_code::ok;
}

}  // namespace

command add_token(CLI::App& program) {
    auto const o = std::make_shared<token_options>();
    CLI::App* const called = program.add_subcommand("token", "Print an OAuth token, for --token-command");
    called->add_option("--provider", o->provider, "microsoft, google, or the https:// URL of another one's issuer")
        ->required();
    called
        ->add_option("--flow", o->flow,
                     "device: a person lets this program send as them, once. client-credentials: as itself")
        ->check(CLI::IsMember({"device", "client-credentials"}))
        ->capture_default_str();
    called->add_option("--client-id", o->client_id, "As which the program is registered there")->required();
    called->add_option("--client-secret-command", o->secret.command, "Take its secret from what this command prints");
    called->add_option("--client-secret-file", o->secret.file, "Take it from the first line of this file");
    called->add_option("--client-secret-env", o->secret.env, "Take it from this environment variable");
    called->add_option("--tenant", o->tenant, "Microsoft's: whose directory the program is registered in");
    called->add_option("--scope", o->scope, "What the token is for; without it, to send mail");
    called->add_option("--cache", o->cache_file, "Keep tokens here, not in $XDG_STATE_HOME/postrider/tokens.json");
    called->add_option("--ca-file", o->ca_file, "Trust the certificates in this PEM file, not the system's")
        ->type_name("FILE");
    called->footer(R"(Run it once on a terminal: with the device flow it says which page to open and which code to enter
there. From then on it refreshes what it was given, by itself. The file that it keeps tokens in is
for its owner alone. Google gives its device flow no token for mail (state of 2026-11).

  postrider token --provider microsoft --client-id 1f2e... --tenant example.com
  postrider send --from me@example.com --token-command 'postrider token --provider microsoft ...' ...)");
    return {called, [o] { return token(*o); }, tell_error};
}

}  // namespace postrider::app
