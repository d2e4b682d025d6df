#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::app {

/// What a provider wants from a program that logs in.
enum class login_rule {
    password,            ///< the account's own password, or the one made for SMTP on the provider's page
    app_password,        ///< a password made for this program; the account's own is refused
    authorization_code,  ///< 授权码: switched on and shown in the web mail's settings
    api_key,             ///< a key from the provider's console, as password
    oauth_only,          ///< no password at all any more, only OAuth 2
    none,                ///< no login
};

/// Where a mail provider's servers are. `smtp` is a URL as --server takes it; `imap` and `pop` are hosts under TLS (993
/// and 995), empty where there is none or none is known.
struct preset {
    std::string name;
    std::vector<std::string> aliases;
    std::vector<std::string> domains;  ///< mail addresses under these belong to it
    std::string smtp;
    std::string imap;
    std::string pop;
    login_rule login = login_rule::password;
    bool only_login_mechanism = false;  ///< AUTH LOGIN works where PLAIN does not
};

/// When the table was gathered. Providers change: the configuration file overrides any row.
inline constexpr std::string_view presets_date = "2026-11";

std::vector<preset> built_in_presets();

/// By name or alias, without regard to case and spaces. Those of the caller come before the table's.
std::optional<preset> preset_by_name(std::span<preset const> own, std::string_view name);

/// By the domain of a mail address, without regard to case.
std::optional<preset> preset_by_domain(std::span<preset const> own, std::string_view domain);

/// One sentence on how to log in there, or nothing when any password does.
std::string_view advice_for(login_rule) noexcept;

}  // namespace postrider::app
