#include "oauth.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <postrider/proto/smtp/escape.hpp>
#include <thread>

#include "exit_codes.hpp"
#include "https_request.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

json::object object_of(https_answer const& answer, std::string const& from) {
    boost::system::error_code wrong;
    json::value const value = json::parse(answer.body, wrong);
    if (wrong || !value.is_object())
        throw error(exit_code::protocol, from + " answers " + std::to_string(answer.status) + " and no JSON object");
    return value.as_object();
}

std::string text_in(json::object const& object, char const* name) {
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// Some providers write numbers in quotes.
std::int64_t number_in(json::object const& object, char const* name, std::int64_t otherwise) {
    auto const* value = object.if_contains(name);
    boost::system::error_code wrong;
    std::int64_t number = otherwise;
    if (value && value->is_number()) number = value->to_number<std::int64_t>(wrong);
    if (value && value->is_string()) number = json::parse(value->as_string(), wrong).to_number<std::int64_t>(wrong);
    return wrong ? otherwise : std::clamp<std::int64_t>(number, 0, 1 << 30);
}

/// A token goes into a command line and a login: RFC 6749 §A.12 has printable ASCII there, and no blank belongs in it.
bool is_token(std::string const& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

oauth_tokens tokens_in(json::object const& answer, std::string const& from) {
    oauth_tokens tokens{text_in(answer, "access_token"), text_in(answer, "refresh_token"), {}};
    if (!is_token(tokens.access) || (!tokens.refresh.empty() && !is_token(tokens.refresh)))
        throw error(exit_code::protocol, from + " gives no token that can be used");
    tokens.expires = std::chrono::system_clock::now() + std::chrono::seconds(number_in(answer, "expires_in", 3600));
    return tokens;
}

[[noreturn]] void refuse(json::object const& answer, std::string const& from) {
    std::string words = text_in(answer, "error_description");
    if (words.empty()) words = text_in(answer, "error");
    words = words.substr(0, words.find_first_of("\r\n"));
    throw error(exit_code::no_permission, from + " gives no token: " + (words.empty() ? "it does not say why" : words),
                "check the client's id, its secret and what it may do");
}

error too_late() {
    return {exit_code::no_permission, "nobody entered the code in time", "begin again"};
}

/// Whether the code has been entered by now; nothing where the server cannot be asked.
std::optional<https_answer> ask_once_more(std::string const& url, form const& values, net::tls_options const& tls) {
    try {
        return https_post(url, values, tls);
    } catch (error const& wrong) {
        if (wrong.code() != exit_code::try_later) throw;
        return std::nullopt;
    }
}

/// By how much to wait longer from now on, where there is still something to wait for.                  RFC 8628 §3.5
std::chrono::seconds slower_by(json::object const& answer, std::string const& from) {
    std::string const why = text_in(answer, "error");
    if (why == "authorization_pending") return std::chrono::seconds(0);
    if (why == "slow_down") return std::chrono::seconds(5);
    if (why == "expired_token") throw too_late();
    if (why == "access_denied")
        throw error(exit_code::no_permission, "the person who was asked said no", "begin again if that was a mistake");
    refuse(answer, from);
}

form form_for(oauth_client const& client, std::string const& grant_type) {
    form values{{"client_id", client.id}};
    if (!grant_type.empty()) values["grant_type"] = grant_type;
    if (!client.secret.empty()) values["client_secret"] = client.secret;
    if (!client.scope.empty()) values["scope"] = client.scope;
    return values;
}

oauth_provider described_at(std::string url, net::tls_options const& tls) {
    while (url.ends_with('/')) url.pop_back();
    json::object const about = object_of(https_get(url + "/.well-known/openid-configuration", tls), url);
    oauth_provider provider{text_in(about, "token_endpoint"), text_in(about, "device_authorization_endpoint"), {}, {}};
    if (provider.token_url.empty())
        throw error(exit_code::protocol, url + " does not say where its tokens come from",
                    "name the issuer, below which /.well-known/openid-configuration stands");
    return provider;
}

}  // namespace

oauth_provider find_oauth_provider(std::string const& name, std::string const& tenant, net::tls_options const& tls) {
    if (name.starts_with("https://")) return described_at(name, tls);
    if (name == "microsoft") {
        std::string const base =
            "https://login.microsoftonline.com/" + (tenant.empty() ? "organizations" : tenant) + "/oauth2/v2.0/";
        return {base + "token", base + "devicecode", "https://outlook.office.com/SMTP.Send offline_access",
                "https://outlook.office365.com/.default"};
    }
    if (name == "google")
        return {"https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/device/code",
                "https://mail.google.com/", "https://mail.google.com/"};
    throw error(exit_code::config, "no provider '" + name + "' is known", "name microsoft, google or an https:// URL");
}

oauth_tokens client_credentials(oauth_provider const& provider, oauth_client const& client,
                                net::tls_options const& tls) {
    auto const answer = https_post(provider.token_url, form_for(client, "client_credentials"), tls);
    auto const object = object_of(answer, provider.token_url);
    if (answer.status != 200) refuse(object, provider.token_url);
    return tokens_in(object, provider.token_url);
}

std::optional<oauth_tokens> refreshed(oauth_provider const& provider, oauth_client const& client,
                                      std::string const& refresh_token, net::tls_options const& tls) {
    form values = form_for(client, "refresh_token");
    values["refresh_token"] = refresh_token;
    auto const answer = https_post(provider.token_url, values, tls);
    auto const object = object_of(answer, provider.token_url);
    if (answer.status != 200 && text_in(object, "error") == "invalid_grant") return std::nullopt;
    if (answer.status != 200) refuse(object, provider.token_url);
    oauth_tokens tokens = tokens_in(object, provider.token_url);
    if (tokens.refresh.empty()) tokens.refresh = refresh_token;  // RFC 6749 §6: the old one stays good
    return tokens;
}

oauth_tokens by_device(oauth_provider const& provider, oauth_client const& client, net::tls_options const& tls,
                       std::function<void(std::string const&)> const& tell) {
    if (provider.device_url.empty()) throw error(exit_code::config, "this provider has no device flow");
    form asked = form_for(client, {});
    asked.erase("client_secret");
    auto const begun = https_post(provider.device_url, asked, tls);
    auto const said = object_of(begun, provider.device_url);
    if (begun.status != 200) refuse(said, provider.device_url);
    std::string page = text_in(said, "verification_uri");
    if (page.empty()) page = text_in(said, "verification_url");  // QUIRK: Google
    tell("open " + smtp::escaped(page) + " and enter the code " + smtp::escaped(text_in(said, "user_code")));

    form values = form_for(client, "urn:ietf:params:oauth:grant-type:device_code");
    values.erase("scope");
    values["device_code"] = text_in(said, "device_code");
    auto interval = std::chrono::seconds(std::max<std::int64_t>(number_in(said, "interval", 5), 1));
    auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(number_in(said, "expires_in", 900));
    while (std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(interval);
        auto const answer = ask_once_more(provider.token_url, values, tls);
        if (!answer) {
            interval *= 2;  // RFC 8628 §3.5: a link that fails is asked less often
            continue;
        }
        auto const object = object_of(*answer, provider.token_url);
        if (answer->status == 200) return tokens_in(object, provider.token_url);
        interval += slower_by(object, provider.token_url);
    }
    throw too_late();
}

}  // namespace postrider::app
