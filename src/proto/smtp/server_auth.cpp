#include "server_auth.hpp"

#include <algorithm>
#include <postrider/codec/base64.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/core/error.hpp>
#include <utility>

#include "server_commands.hpp"
#include "server_extensions.hpp"
#include "server_faults.hpp"
#include "server_session.hpp"

/// AUTH.                                                                                              RFC 4954 §4
///     "AUTH" SP mechanism [SP initial-response]          "=" is the empty response
namespace postrider::smtp::server_side {
namespace {

void end_exchange(session& s) noexcept {
    s.exchange.reset();
    s.next = reading::command;
}

/// What has the mechanism's form, and still does not authenticate.
bool is_refusal(error_code why) noexcept {
    return why != sasl::errc::malformed && why != sasl::errc::out_of_turn && why != sasl::errc::bad_credentials_form &&
           why != sasl::errc::unsupported_extension;
}

void refuse(session& s, error_code why) {
    end_exchange(s);
    if (!is_refusal(why)) return s.say(501, {5, 5, 2}, "the mechanism has no such response");
    if (!spared(s, fault_stage::auth)) return;
    s.say(535, {5, 7, 8}, "user or secret is wrong");
    s.hold_back(++s.auth_failures * limits::auth_delay);
    if (s.auth_failures == limits::auth_failures && s.options.max_errors != 0)
        s.end(421, {4, 7, 0}, s.options.hostname + " too many wrong secrets", postrider::errc::limit_reached);
}

/// Gives the mechanism what the client sent, and the client what the mechanism says to that.
void go_on(session& s, std::optional<std::string_view> response) {
    auto answer = s.exchange->take(response);
    if (!answer) return refuse(s, answer.error());
    if (!answer->done) {
        s.next = reading::auth_response;
        return s.say(reply_of(334, {}, codec::encode_base64(answer->challenge)));
    }
    auto const user = s.exchange->user();
    end_exchange(s);
    if (!spared(s, fault_stage::auth, user)) return;
    s.user = user;
    s.say(235, {2, 7, 0}, "authenticated");
}

void go_on_with_base64(session& s, std::string_view text) {
    auto const response = codec::decode_base64(text);
    if (response) return go_on(s, *response);
    end_exchange(s);
    s.say(501, {5, 5, 2}, "that is no base64");
}

/// What the mechanisms know of this session's users. The nonce is unique as the seed is, and known to nobody before.
sasl::server_context context_of(session const& s) {
    auto const& o = s.options;
    sasl::server_context context;
    context.secret_of = o.secret_of;
    context.keys_of = o.keys_of;
    context.user_of_token = o.user_of_token;
    context.external_user = o.external_user;
    context.anonymous = o.allow_anonymous;
    context.service = o.lmtp ? "lmtp" : "smtp";
    context.host = o.hostname;
    context.bindings = s.bindings;
    if (o.cram_seed.empty()) return context;
    context.challenge_seed = std::to_string(s.exchanges) + '.' + o.cram_seed;
    if (o.auth_secret.empty()) return context;
    context.nonce = codec::encode_base64(hmac(hash::sha256, o.auth_secret, "nonce " + context.challenge_seed));
    context.hiding_key = hmac(hash::sha256, o.auth_secret, "salts");
    return context;
}

/// QUIRK: AUTH works after HELO too, as it does with Postfix; dialogues written by hand begin so.
bool refuse_auth(session& s) {
    if (!s.options.offer_auth || is_hidden(s, "AUTH"))
        s.say(502, {5, 5, 1}, "AUTH is not offered");
    else if (!may_authenticate(s))
        s.say(538, {5, 7, 11}, "AUTH needs TLS: STARTTLS comes first");
    else if (!s.user.empty())
        s.say(503, {5, 5, 1}, "authenticated already");
    else if (s.in_transaction)
        s.say(503, {5, 5, 1}, "not within a transaction");
    else
        return false;
    return true;
}

}  // namespace

bool may_authenticate(session const& s) noexcept {
    return s.options.offer_auth && !is_hidden(s, "AUTH") && (s.secure || s.options.auth_in_clear);
}

std::vector<std::string> offered_mechanisms(session const& s) {
    auto const context = context_of(s);
    if (s.options.mechanisms.empty()) return sasl::servable(context);
    std::vector<std::string> offered;
    for (auto const& name : s.options.mechanisms)
        if (sasl::make_server(name, context)) offered.push_back(ascii::upper(name));
    return offered;
}

void auth(session& s, std::string_view argument) {
    if (refuse_auth(s)) return;
    auto const name = argument.substr(0, argument.find(' '));
    if (name.empty()) return s.say(501, {5, 5, 4}, "AUTH needs a mechanism");
    auto const offered = offered_mechanisms(s);
    if (std::find(offered.begin(), offered.end(), ascii::upper(name)) == offered.end())
        return s.say(504, {5, 5, 4}, "that mechanism is not offered");
    ++s.exchanges;
    auto context = context_of(s);
    context.binds = std::any_of(offered.begin(), offered.end(), [](auto& one) { return one.ends_with("-PLUS"); });
    s.exchange = sasl::make_server(name, std::move(context));
    argument.remove_prefix(std::min(argument.find_first_not_of(' ', name.size()), argument.size()));
    if (argument.empty()) return go_on(s, {});
    argument == "=" ? go_on(s, "") : go_on_with_base64(s, argument);
}

bool read_auth_response(session& s) {
    std::optional<std::string_view> line;
    if (!take_line(s, line, limits::auth_line_octets, {5, 5, 6})) return false;
    if (!line) {
        end_exchange(s);
        return true;
    }
    s.trace(trace_side::client, *line == "*" ? "*" : "****");
    if (*line == "*") {
        end_exchange(s);
        s.say(501, {5, 7, 0}, "authentication given up");
    } else {
        go_on_with_base64(s, *line);
    }
    return true;
}

}  // namespace postrider::smtp::server_side
