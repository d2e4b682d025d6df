#include <algorithm>
#include <postrider/codec/base64.hpp>
#include <postrider/core/ascii.hpp>

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
    if (said->code != 235 && said->code != 503) co_return login_refused(*said, mechanism.name());
    s.authenticated = true;
    co_return {};
}

std::vector<std::string> mechanisms_for(session const& s, std::vector<std::string> const& wanted) {
    auto usable = sasl::preferred(s.offered.auth_mechanisms());
    auto unwanted = [&](std::string const& name) {
        return std::none_of(wanted.begin(), wanted.end(), [&](auto& w) { return ascii::equal_without_case(w, name); });
    };
    if (!wanted.empty()) std::erase_if(usable, unwanted);
    return usable;
}

}  // namespace

talk<> login(session& s, sasl::credentials who, bool clear_text_allowed, std::vector<std::string> wanted) {
    if (!s.in_step) co_return not_connected(phase::auth);
    auto greeted = co_await hello_if_needed(s);
    if (!greeted) co_return greeted.error();
    if (!s.offered.has("auth")) {
        auto missing = unfit(errc::not_supported, phase::auth,
                             s.secure ? "the server does not offer AUTH: send without a login"
                                      : "the server does not offer AUTH here: it may do so after STARTTLS");
        missing.radius = blast_radius::next_hop;
        co_return missing;
    }
    auto last = login_failed("no login that the server offers (" + std::string(s.offered.parameters("auth")) +
                             ") is one that we know");
    for (auto const& name : mechanisms_for(s, wanted)) {
        auto mechanism = sasl::make_client(name, who);
        if (mechanism->reveals_secret() && !s.secure && !clear_text_allowed) {
            // What the server said to another mechanism tells more.
            if (!last.said) last = login_failed("credentials never travel in the clear: use smtps:// or STARTTLS");
            continue;
        }
        auto outcome = co_await authenticate(s, *mechanism);
        if (outcome) co_return {};
        last = outcome.error();
        if (!s.in_step) break;
    }
    co_return last;
}

}  // namespace postrider::smtp::client_side
