#include "presets.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

#include "text.hpp"

namespace postrider::app {
namespace {

/// A name as it is compared: no spaces, no capitals.
std::string folded(std::string_view name) {
    std::string out;
    for (char c : name)
        if (c != ' ') out += ascii::to_lower(c);
    return out;
}

bool has_name(preset const& p, std::string const& wanted) {
    return folded(p.name) == wanted ||
           std::any_of(p.aliases.begin(), p.aliases.end(), [&](auto const& alias) { return folded(alias) == wanted; });
}

bool has_domain(preset const& p, std::string const& wanted) {
    return std::find(p.domains.begin(), p.domains.end(), wanted) != p.domains.end();
}

template <class Matches>
std::optional<preset> find(std::span<preset const> own, Matches matches) {
    if (auto it = std::find_if(own.begin(), own.end(), matches); it != own.end()) return *it;
    auto const table = built_in_presets();
    if (auto it = std::find_if(table.begin(), table.end(), matches); it != table.end()) return *it;
    return std::nullopt;
}

}  // namespace

std::optional<preset> preset_by_name(std::span<preset const> own, std::string_view name) {
    return find(own, [wanted = folded(name)](preset const& p) { return has_name(p, wanted); });
}

std::optional<preset> preset_by_domain(std::span<preset const> own, std::string_view domain) {
    return find(own, [wanted = folded(domain)](preset const& p) { return has_domain(p, wanted); });
}

std::string_view advice_for(login_rule rule) noexcept {
    switch (rule) {
        case login_rule::app_password: return "this provider wants an app password, not the account's own";
        case login_rule::authorization_code:
            return "this provider wants the authorization code (授权码) from the web mail's settings, not the password";
        case login_rule::api_key: return "this provider wants an API key as password";
        case login_rule::oauth_only: return "this provider takes no passwords any more, only OAuth 2";
        default: return {};
    }
}

}  // namespace postrider::app
