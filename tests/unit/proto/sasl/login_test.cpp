#include <doctest/doctest.h>
#include "context.hpp"

using namespace postrider;
using sasl::testing::knowing;
using namespace std::string_literals;

namespace {

sasl::secret_lookup const one_user = [](std::string_view user) -> std::optional<std::string> {
    if (user == "tim") return "secret";
    return std::nullopt;
};

}  // namespace

TEST_CASE("LOGIN gives the user, then the secret, then nothing") {
    auto const client = sasl::make_client("Login", {"tim", "secret", {}});
    CHECK(client->sends_first());
    CHECK(client->reveals_secret());
    CHECK(client->respond("").value() == "tim");
    CHECK(client->respond("Password:").value() == "secret");
    CHECK(client->respond("Password:").error() == sasl::errc::out_of_turn);
}

TEST_CASE("LOGIN never gives the secret to a server that asks for the user again") {
    auto const client = sasl::make_client("LOGIN", {"tim", "secret", {}});
    CHECK(client->respond("").value() == "tim");
    CHECK(client->respond("Username:").value() == "tim");
    CHECK(client->respond("Password:").value() == "secret");
    CHECK(client->respond("").error() == sasl::errc::out_of_turn);
}

TEST_CASE("LOGIN is checked by the server, with and without an initial response") {
    auto server = sasl::make_server("LOGIN", knowing(one_user));
    CHECK(server->take(std::nullopt).value().challenge == "Username:");
    CHECK(server->take("tim").value().challenge == "Password:");
    CHECK(server->take("secret").value().done);
    CHECK(server->user() == "tim");

    server = sasl::make_server("LOGIN", knowing(one_user));
    CHECK(server->take("tim").value().challenge == "Password:");
    CHECK(server->user().empty());
    CHECK(server->take("wrong").error() == sasl::errc::refused);
    CHECK(server->user().empty());
    CHECK(server->take("secret").error() == sasl::errc::out_of_turn);
}

TEST_CASE("hazard 30: LOGIN with nothing or a NUL where text is due is malformed") {
    CHECK(sasl::make_server("LOGIN", knowing(one_user))->take("").error() == sasl::errc::malformed);
    CHECK(sasl::make_server("LOGIN", knowing(one_user))->take("t\0"s).error() == sasl::errc::malformed);
    auto const server = sasl::make_server("LOGIN", knowing(one_user));
    CHECK(server->take("tim").has_value());
    CHECK(server->take("").error() == sasl::errc::malformed);
    CHECK(server->take("secret").error() == sasl::errc::out_of_turn);
}
