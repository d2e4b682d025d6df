#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/codec/charset.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <string>
#include <string_view>

// Any octets are an exchange: it ends, and only right credentials end it well. Credentials that a mechanism can carry
// come through it.
//     input = mechanism-octet, then messages that each end with LF

using namespace postrider;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

sasl::server_context knowing(sasl::secret_lookup secret_of) {
    sasl::server_context context;
    context.secret_of = std::move(secret_of);
    context.challenge_seed = "seed";
    return context;
}

std::string_view take_message(std::string_view& input) {
    auto const message = input.substr(0, input.find('\n'));
    input.remove_prefix(std::min(message.size() + 1, input.size()));
    return message;
}

void server_takes_anything(std::string_view mechanism, std::string_view input, bool accepts_all) {
    auto const secret_of = [](std::string_view) { return std::optional<std::string>("secret"); };
    auto const server = sasl::make_server(mechanism, knowing(accepts_all ? sasl::secret_lookup() : secret_of));
    bool over = false;
    for (int messages = 0; messages < 8 && !input.empty(); ++messages) {
        auto const message = take_message(input);
        auto const answer = server->take(message == "-" ? std::nullopt : std::optional(message));
        require(!over || answer.error() == sasl::errc::out_of_turn);
        over = over || !answer || answer->done;
        if (answer && answer->done) require(!server->user().empty());
    }
}

void client_answers_anything(std::string_view mechanism, std::string_view input) {
    sasl::credentials const who{"user", "secret", {}};
    auto const client = sasl::make_client(mechanism, who);
    int answers = 0;
    while (!input.empty()) answers += client->respond(take_message(input)).has_value();
    require(answers <= 3);
}

/// Client against server; `user` and `secret` come from the input.
void right_credentials_pass(std::string_view mechanism, std::string_view input) {
    std::string const user(take_message(input)), secret(take_message(input));
    auto const text = user + secret;
    if (user.empty() || secret.empty() || text.find('\0') != text.npos || !codec::is_utf8(user) ||
        !codec::is_utf8(secret))
        return;
    auto const exchange = [&](std::string const& known) -> result<std::string> {
        auto const client = sasl::make_client(mechanism, {user, secret, {}});
        auto const server = sasl::make_server(mechanism, knowing([&](auto) { return std::optional(known); }));
        auto answer = client->sends_first() ? server->take(client->respond("").value()) : server->take(std::nullopt);
        while (answer && !answer->done) answer = server->take(client->respond(answer->challenge).value());
        if (!answer) return answer.error();
        return server->user();
    };
    require(exchange(secret).value() == user);
    require(exchange(secret + "x").error() == sasl::errc::refused);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    constexpr std::array<std::string_view, 3> mechanisms{"PLAIN", "LOGIN", "CRAM-MD5"};
    auto const mechanism = mechanisms[data[0] % mechanisms.size()];
    std::string_view const input(reinterpret_cast<char const*>(data) + 1, size - 1);
    server_takes_anything(mechanism, input, data[0] & 0x80);
    client_answers_anything(mechanism, input);
    right_credentials_pass(mechanism, input);
    return 0;
}
