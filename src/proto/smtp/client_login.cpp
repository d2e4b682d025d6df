#include <array>
#include <postrider/codec/base64.hpp>
#include <utility>

#include "client_exchange.hpp"
#include "client_failure.hpp"
#include "client_verbs.hpp"

/// AUTH.                                                                                                  RFC 4954
namespace postrider::smtp::client_side {
namespace {

constexpr std::size_t longest_command = 510;  // RFC 5321 §4.5.3.1.4, without CRLF

failure login_failed(std::string detail) {
    auto f = unfit(errc::authentication_error, phase::auth, std::move(detail));
    f.radius = blast_radius::next_hop;
    return f;
}

failure login_refused(reply said, std::string_view mechanism) {
    return refused(errc::authentication_error, phase::auth, blast_radius::next_hop, std::move(said),
                   "the server refuses the login with " + std::string(mechanism) +
                       ": check the user, and whether the password must be one made for mail programs");
}

/// A response that could not be made is the caller's to mend, or the server's challenge is nonsense.
failure no_response(error_code ec, std::string_view mechanism) {
    auto f = login_failed(std::string(mechanism) + ": " + ec.message());
    if (ec == sasl::errc::bad_credentials_form) f.code = errc::invalid_argument;
    f.cause = ec;
    return f;
}

/// Somebody who does not know the password says yes to everything: nothing more is told to that one.
failure unproved(session& s, std::string_view mechanism) {
    s.lose();
    auto f = no_response(sasl::errc::unproved_server, mechanism);
    f.radius = blast_radius::session;
    return f;
}

std::string in_base64(std::string_view response) {
    return response.empty() ? "=" : codec::encode_base64(response);  // RFC 4954 §4: "=" is the empty one
}

/// "AUTH PLAIN AHUAcA==": with the initial response where the mechanism has one and the line has room for it.
result<std::string> auth_command(sasl::client_mechanism& mechanism, std::optional<std::string>& held_back) {
    auto command = "AUTH " + std::string(mechanism.name());
    if (!mechanism.sends_first()) return command;
    auto first = mechanism.respond({});
    if (!first) return first.error();
    auto encoded = in_base64(*first);
    if (command.size() + 1 + encoded.size() <= longest_command) return command + ' ' + encoded;
    held_back = *first;
    return command;
}

/// The response to a 334, in base64.
result<std::string> response_to(reply const& challenge, sasl::client_mechanism& mechanism,
                                std::optional<std::string>& held_back) {
    if (held_back) return codec::encode_base64(*std::exchange(held_back, {}));
    auto decoded = codec::decode_base64(challenge.text());
    if (!decoded) return decoded.error();
    auto response = mechanism.respond(*decoded);
    if (!response) return response.error();
    return codec::encode_base64(*response);
}

/// RFC 4954 §4: a line of "*" takes the exchange back, and the server answers 501.
talk<> cancel(session& s) {
    auto said = co_await ask(s, "*", phase::auth);
    if (!said) co_return said.error();
    co_return {};
}

/// One exchange with one mechanism.
talk<> authenticate(session& s, sasl::client_mechanism& mechanism) {
    std::optional<std::string> held_back;
    auto command = auth_command(mechanism, held_back);
    if (!command) co_return no_response(command.error(), mechanism.name());
    auto said = co_await ask(s, *command, phase::auth);
    for (std::size_t challenges = 0; said && said->code == 334; ++challenges) {
        auto response = response_to(*said, mechanism, held_back);
        if (!response || challenges == limits::auth_challenges) {
            auto why =
                response ? login_failed("the server asks on and on") : no_response(response.error(), mechanism.name());
            auto cancelled = co_await cancel(s);
            if (!cancelled) co_return cancelled.error();
            co_return why;
        }
        said = co_await ask(s, *response, phase::auth);
    }
    if (!said) co_return said.error();
    // As smtplib has it, 503 means that the server knows us already.
    bool const known_already = said->code == 503;
    if (said->code != 235 && !known_already) co_return login_refused(*said, mechanism.name());
    if (!mechanism.may_succeed() && !(known_already && s.authenticated)) co_return unproved(s, mechanism.name());
    s.authenticated = true;
    co_return {};
}

/// Whether the next mechanism may be tried: the server does not take this one (504, 534, 538 of RFC 4954 §6 and
/// RFC 4422, 432 until a password has been changed), or knows nothing of the channel it would be bound to. A secret that
/// was refused, or a server that cannot be trusted, is no reason to show the secret in another way.
bool next_may_be_tried(failure const& why) noexcept {
    if (!why.said) return why.cause == sasl::errc::unsupported_binding;
    int const code = why.said->code;
    return code == 504 || code == 534 || code == 538 || code == 432;
}

sasl::client_context context_of(session const& s) {
    std::array<char, 18> octets;
    (s.options.host ? *s.options.host : system_host()).random(octets);
    sasl::client_context context;
    context.nonce = codec::encode_base64({octets.data(), octets.size()});
    context.bindings = s.bindings;
    for (auto const& name : s.offered.auth_mechanisms()) context.server_binds |= name.ends_with("-PLUS");
    context.service = s.options.lmtp ? "lmtp" : "smtp";
    context.host = s.options.server_host;
    context.port = s.options.server_port;
    return context;
}

/// One mechanism: with a fresh token where the first is no good, and with another binding where the server does not know
/// the first.
talk<> try_mechanism(session& s, std::string const& name, sasl::credentials const& who) {
    auto context = context_of(s);
    auto mechanism = sasl::make_client(name, who, context);
    auto outcome = co_await authenticate(s, *mechanism);
    if (outcome || !s.in_step) co_return outcome;
    bool const refused = outcome.error().said.has_value() && !next_may_be_tried(outcome.error());
    if (refused && mechanism->again()) {
        outcome = co_await authenticate(s, *mechanism);
    } else if (outcome.error().cause == sasl::errc::unsupported_binding && !context.bindings.exporter.empty() &&
               !context.bindings.server_end_point.empty()) {
        context = context_of(s);
        context.bindings.exporter.clear();
        mechanism = sasl::make_client(name, who, context);
        outcome = co_await authenticate(s, *mechanism);
    }
    co_return outcome;
}

failure no_mechanism(session const& s) {
    return login_failed("no login that the server offers (" + std::string(s.offered.parameters("auth")) +
                        ") is one that we know and may use with these credentials");
}

failure no_login_here(session const& s) {
    auto missing = unfit(errc::not_supported, phase::auth,
                         s.secure ? "the server does not offer AUTH: send without a login"
                                  : "the server does not offer AUTH here: it may do so after STARTTLS");
    missing.radius = blast_radius::next_hop;
    return missing;
}

}  // namespace

talk<> login(session& s, sasl::credentials who, bool clear_text_allowed, std::vector<std::string> wanted) {
    if (!s.in_step) co_return not_connected(phase::auth);
    auto greeted = co_await hello_if_needed(s);
    if (!greeted) co_return greeted.error();
    if (!s.offered.has("auth")) co_return no_login_here(s);
    auto last = no_mechanism(s);
    for (auto const& name : sasl::candidates(s.offered.auth_mechanisms(), wanted, who, s.bindings)) {
        bool const reveals = sasl::make_client(name, who)->reveals_secret();
        if (reveals && !s.secure && !clear_text_allowed) {
            // What the server said to another mechanism tells more.
            if (!last.said) last = login_failed("credentials never travel in the clear: use smtps:// or STARTTLS");
            continue;
        }
        auto outcome = co_await try_mechanism(s, name, who);
        if (outcome) co_return {};
        last = outcome.error();
        if (!s.in_step || !next_may_be_tried(last)) break;
    }
    co_return last;
}

}  // namespace postrider::smtp::client_side
