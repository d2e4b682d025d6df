#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/sasl/saslprep.hpp>
#include <string>
#include <string_view>

// Any octets are an exchange, with either side of any mechanism: it ends, only right credentials end it well, and a
// client that wants proof has had it. Credentials that a mechanism can carry come through it.
//     input = mechanism-octet, then messages that each end with LF; "-" is none

using namespace postrider;

namespace {

constexpr std::array<std::string_view, 15> mechanisms{"PLAIN",
                                                      "LOGIN",
                                                      "CRAM-MD5",
                                                      "SCRAM-SHA-1",
                                                      "SCRAM-SHA-1-PLUS",
                                                      "SCRAM-SHA-256",
                                                      "SCRAM-SHA-256-PLUS",
                                                      "SCRAM-SHA-512",
                                                      "SCRAM-SHA-512-PLUS",
                                                      "OAUTHBEARER",
                                                      "XOAUTH2",
                                                      "EXTERNAL",
                                                      "ANONYMOUS",
                                                      "DIGEST-MD5",
                                                      "SCRAM-SHA-256"};

void require(bool holds) {
    if (!holds) std::abort();
}

sasl::server_context serving(std::string const& secret) {
    sasl::server_context context;
    context.secret_of = [secret](std::string_view) { return std::optional(secret); };
    context.user_of_token = [secret](std::string_view user, std::string_view token) {
        return token == secret ? std::optional(user.empty() ? "somebody" : std::string(user)) : std::nullopt;
    };
    context.external_user = [](std::string_view identity) { return std::optional(std::string(identity)); };
    context.anonymous = true;
    context.challenge_seed = context.nonce = "seed";
    context.hiding_key = "pepper";
    context.bindings = {"certificate", "exported"};
    return context;
}

/// The same, but that everybody is let in, where the mechanism can do that.
sasl::server_context open_house() {
    sasl::server_context context;
    context.challenge_seed = "seed";
    return context;
}

sasl::client_context asking() {
    sasl::client_context context;
    context.nonce = "nonce";
    context.bindings = {"certificate", "exported"};
    context.host = "mx.example";
    return context;
}

std::string_view take_message(std::string_view& input) {
    auto const message = input.substr(0, input.find('\n'));
    input.remove_prefix(std::min(message.size() + 1, input.size()));
    return message;
}

void server_takes_anything(std::string_view mechanism, std::string_view input, bool accepts_all) {
    auto const server = sasl::make_server(mechanism, accepts_all ? open_house() : serving("secret"));
    if (!server) return;
    bool over = false;
    for (int messages = 0; messages < 8 && !input.empty(); ++messages) {
        auto const message = take_message(input);
        auto const answer = server->take(message == "-" ? std::nullopt : std::optional(message));
        require(!over || answer.error() == sasl::errc::out_of_turn);
        over = over || !answer || answer->done;
        if (answer && answer->done) require(!server->user().empty());
    }
}

/// A server that knows nothing convinces nobody: its signature cannot be guessed.
void client_answers_anything(std::string_view mechanism, std::string_view input) {
    auto const client = sasl::make_client(mechanism, {"user", "secret", {}}, asking());
    bool const wants_proof = mechanism.starts_with("SCRAM") || mechanism == "DIGEST-MD5";
    int answers = 0;
    if (client->sends_first()) require(client->respond("").has_value());
    while (!input.empty()) answers += client->respond(take_message(input)).has_value();
    require(answers <= 3);
    require(client->may_succeed() == !wants_proof);
}

result<std::string> exchange(std::string_view mechanism, sasl::credentials const& who, std::string const& known) {
    auto const client = sasl::make_client(mechanism, who, asking());
    auto const server = sasl::make_server(mechanism, serving(known));
    auto response = client->sends_first() ? client->respond("") : result<std::string>(std::string());
    if (!response) return response.error();
    auto answer = client->sends_first() ? server->take(*response) : server->take(std::nullopt);
    while (answer && !answer->done) {
        response = client->respond(answer->challenge);
        if (!response) return response.error();
        answer = server->take(*response);
    }
    if (!answer) return answer.error();
    require(client->may_succeed());
    return server->user();
}

/// Client against server; user and secret come from the input.
void right_credentials_pass(std::string_view mechanism, std::string_view input) {
    std::string const user(take_message(input)), secret(take_message(input));
    auto const prepared_user = sasl::saslprep(user), prepared_secret = sasl::saslprep(secret);
    if (!prepared_user || !prepared_secret) return;
    bool const prepares = mechanism.starts_with("SCRAM");
    auto const authenticated = exchange(mechanism, {user, secret, {}}, secret);
    bool const is_guest = mechanism == "ANONYMOUS";
    if (!authenticated) return require(is_guest && user.size() > 255);
    require(*authenticated == (is_guest ? "anonymous" : prepares ? *prepared_user : user));
    bool const has_secret = !is_guest && mechanism != "EXTERNAL";
    if (has_secret) require(exchange(mechanism, {user, secret, {}}, secret + "x").error() == sasl::errc::refused);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    auto const mechanism = mechanisms[(data[0] & 0x7f) % mechanisms.size()];
    std::string_view const input(reinterpret_cast<char const*>(data) + 1, size - 1);
    server_takes_anything(mechanism, input, data[0] & 0x80);
    client_answers_anything(mechanism, input);
    right_credentials_pass(mechanism, input);
    return 0;
}
