#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <postrider/net/tls.hpp>
#include <string>
#include <string_view>

namespace postrider::app {

/// Where tokens of a provider come from.
struct oauth_provider {
    std::string token_url, device_url;                   ///< the latter empty: it has no device flow
    std::string device_scope, client_credentials_scope;  ///< that let a program send mail
};

/// Microsoft and Google by name; any other by the https:// URL below which it describes itself.
/// `tenant`   of Microsoft's; empty: any organization's.
/// errors     app::error: config for a name that nobody knows; as https_get; protocol for a description that is none
oauth_provider find_oauth_provider(std::string const& name_or_url, std::string const& tenant, net::tls_options const&);

/// Who asks.
struct oauth_client {
    std::string id, secret;  ///< the secret may be empty: a program that people run has none
    std::string scope;
};

/// What a provider gave.                                                                            RFC 6749 §5.1
struct oauth_tokens {
    std::string access, refresh;  ///< the latter perhaps empty
    std::chrono::system_clock::time_point expires;
};

/// Each asks the provider for tokens and blocks until it gave or refused them.
/// errors     app::error: no_permission with the provider's words; as https_post; protocol for an answer that is none
oauth_tokens client_credentials(oauth_provider const&, oauth_client const&, net::tls_options const&);  // RFC 6749 §4.4
/// returns    nothing when the refresh token is no longer good
std::optional<oauth_tokens> refreshed(oauth_provider const&, oauth_client const&, std::string const& refresh_token,
                                      net::tls_options const&);  // §6
/// `tell`     takes what a person must do: the page to open and the code to enter there.                RFC 8628
oauth_tokens by_device(oauth_provider const&, oauth_client const&, net::tls_options const&,
                       std::function<void(std::string const&)> const& tell);

}  // namespace postrider::app
