#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/error.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <utility>

#include "mechanisms.hpp"

namespace postrider::sasl {
namespace {

struct sasl_category final : std::error_category {
    char const* name() const noexcept override { return "postrider.sasl"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::malformed: return "the message does not have the mechanism's form";
            case errc::refused: return "the credentials are not right";
            case errc::out_of_turn: return "a message came where none was due";
            case errc::bad_credentials_form: return "user, password or identity holds what it must not hold";
            case errc::wrong_server_signature: return "the server does not know the password: it may be another one";
            case errc::unproved_server: return "the server did not prove that it knows the password";
            case errc::wrong_nonce: return "the nonce is not the one of this exchange";
            case errc::iterations_out_of_range: return "too few or too many iterations are asked for";
            case errc::unsupported_binding: return "the other side does not know this channel binding";
            case errc::downgraded: return "somebody hides from one side what the other one offers";
            case errc::unsupported_extension: return "an extension is asked for that there is not";
            case errc::no_token: return "there is no token to log in with";
        }
        return "unknown error";
    }
    std::error_condition default_error_condition(int) const noexcept override { return condition::permanent; }
};

/// What a client must have to use a mechanism.
enum class takes { secret, token, nothing };

struct known_mechanism {
    std::string_view name;
    takes what;
    bool only_by_name;
    client_factory* client;
    server_factory* server;
    bool (*servable)(server_context const&);
};

template <hash With, bool Plus>
std::unique_ptr<client_mechanism> scram_client(credentials const& who, client_context const& context) {
    return make_scram_client({With, Plus}, who, context);
}

template <hash With, bool Plus>
std::unique_ptr<server_mechanism> scram_server(server_context context) {
    return make_scram_server({With, Plus}, std::move(context));
}

template <hash With, bool Plus>
bool can_serve_scram(server_context const& context) {
    bool const knows = context.secret_of || context.keys_of;
    bool const can_bind = !Plus || context.bindings.any();
    return knows && can_bind && !context.nonce.empty() && !context.hiding_key.empty();
}

template <hash With, bool Plus>
constexpr known_mechanism scram_mechanism(std::string_view name) {
    return {
        name, takes::secret, false, scram_client<With, Plus>, scram_server<With, Plus>, can_serve_scram<With, Plus>};
}

template <token_kind Kind>
std::unique_ptr<client_mechanism> token_client(credentials const& who, client_context const& context) {
    return make_token_client(Kind, who, context);
}

template <token_kind Kind>
std::unique_ptr<server_mechanism> token_server(server_context context) {
    return make_token_server(Kind, std::move(context));
}

bool can_check_tokens(server_context const& context) {
    return context.user_of_token || lets_everybody_in(context);
}

bool can_serve_external(server_context const& context) {
    return static_cast<bool>(context.external_user);
}

bool can_serve_anonymous(server_context const& context) {
    return context.anonymous;
}

bool can_serve_digest_md5(server_context const& context) {
    return context.secret_of && !context.nonce.empty();
}

bool can_check_secrets(server_context const& context) {
    return context.secret_of || context.keys_of || lets_everybody_in(context);
}

bool can_serve_cram_md5(server_context const& context) {
    bool const knows = context.secret_of || lets_everybody_in(context);
    return knows && !context.challenge_seed.empty();
}

// The best first. Of those that hide the secret, SCRAM lets the server keep something else than the password, and
// CRAM-MD5 does not.
constexpr known_mechanism known_mechanisms[] = {
    scram_mechanism<hash::sha512, true>("SCRAM-SHA-512-PLUS"),
    scram_mechanism<hash::sha256, true>("SCRAM-SHA-256-PLUS"),
    scram_mechanism<hash::sha1, true>("SCRAM-SHA-1-PLUS"),
    scram_mechanism<hash::sha512, false>("SCRAM-SHA-512"),
    scram_mechanism<hash::sha256, false>("SCRAM-SHA-256"),
    scram_mechanism<hash::sha1, false>("SCRAM-SHA-1"),
    {"OAUTHBEARER", takes::token, false, token_client<token_kind::oauthbearer>, token_server<token_kind::oauthbearer>,
     can_check_tokens},
    {"XOAUTH2", takes::token, false, token_client<token_kind::xoauth2>, token_server<token_kind::xoauth2>,
     can_check_tokens},
    {"EXTERNAL", takes::nothing, true, make_external_client, make_external_server, can_serve_external},
    {"DIGEST-MD5", takes::secret, true, make_digest_md5_client, make_digest_md5_server, can_serve_digest_md5},
    {"CRAM-MD5", takes::secret, false, make_cram_md5_client, make_cram_md5_server, can_serve_cram_md5},
    {"PLAIN", takes::secret, false, make_plain_client, make_plain_server, can_check_secrets},
    {"LOGIN", takes::secret, false, make_login_client, make_login_server, can_check_secrets},
    {"ANONYMOUS", takes::nothing, true, make_anonymous_client, make_anonymous_server, can_serve_anonymous},
};

known_mechanism const* find(std::string_view name) noexcept {
    for (auto const& mechanism : known_mechanisms)
        if (ascii::equal_without_case(mechanism.name, name)) return &mechanism;
    return nullptr;
}

bool has(std::vector<std::string> const& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](auto& one) { return ascii::equal_without_case(one, name); });
}

bool is_plus(known_mechanism const& mechanism) noexcept {
    return mechanism.name.ends_with("-PLUS");
}

}  // namespace

std::error_category const& category() noexcept {
    static const sasl_category instance;
    return instance;
}

error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), category()};
}

std::unique_ptr<client_mechanism> make_client(std::string_view name, credentials const& who,
                                              client_context const& context) {
    auto const* mechanism = find(name);
    return mechanism ? mechanism->client(who, context) : nullptr;
}

std::unique_ptr<server_mechanism> make_server(std::string_view name, server_context context) {
    auto const* mechanism = find(name);
    return mechanism && mechanism->servable(context) ? mechanism->server(std::move(context)) : nullptr;
}

std::vector<std::string> servable(server_context const& context) {
    std::vector<std::string> names;
    for (auto const& mechanism : known_mechanisms)
        if (mechanism.servable(context) && mechanism.name != "DIGEST-MD5") names.emplace_back(mechanism.name);
    return names;
}

std::vector<std::string> preferred(std::vector<std::string> const& offered) {
    std::vector<std::string> chosen;
    for (auto const& mechanism : known_mechanisms)
        if (mechanism.what == takes::secret && !mechanism.only_by_name && has(offered, mechanism.name))
            chosen.emplace_back(mechanism.name);
    return chosen;
}

std::vector<std::string> candidates(std::vector<std::string> const& offered, std::vector<std::string> const& wanted,
                                    credentials const& who, channel_bindings const& bindings) {
    std::vector<std::string> chosen;
    auto const consider = [&](known_mechanism const& mechanism) {
        bool const can_bind = !is_plus(mechanism) || bindings.any();
        if (can_bind && has(offered, mechanism.name)) chosen.emplace_back(mechanism.name);
    };
    for (auto const& name : wanted)
        if (auto const* mechanism = find(name)) consider(*mechanism);
    if (!wanted.empty()) return chosen;
    auto const usable = who.token ? takes::token : takes::secret;
    for (auto const& mechanism : known_mechanisms)
        if (mechanism.what == usable && !mechanism.only_by_name) consider(mechanism);
    return chosen;
}

}  // namespace postrider::sasl
