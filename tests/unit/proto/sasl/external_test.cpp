#include <doctest/doctest.h>

#include "context.hpp"

using namespace postrider;
using namespace std::string_literals;

namespace {

/// A server that has seen a client's certificate, and knows who that is.
sasl::server_context with_certificate(std::optional<std::string> const& of) {
    sasl::server_context context;
    context.external_user = [of](std::string_view identity) {
        return identity.empty() || identity == of ? of : std::nullopt;
    };
    return context;
}

}  // namespace

TEST_CASE("EXTERNAL says whom the client wants to be, and nothing else") {
    CHECK(sasl::make_client("EXTERNAL", {"me", "secret", {}})->respond("").value() == "me");
    CHECK(sasl::make_client("EXTERNAL", {"me", {}, "you"})->respond("").value() == "you");
    auto const client = sasl::make_client("EXTERNAL", {});
    CHECK(client->sends_first());
    CHECK_FALSE(client->reveals_secret());
    CHECK(client->respond("").value().empty());
    CHECK(client->respond("").error() == sasl::errc::out_of_turn);
    CHECK(sasl::make_client("EXTERNAL", {"m\0e"s, {}, {}})->respond("").error() == sasl::errc::bad_credentials_form);
}

TEST_CASE("EXTERNAL lets in whom the certificate names") {
    auto server = sasl::make_server("EXTERNAL", with_certificate("tim"));
    CHECK(server->take(std::nullopt).value().challenge.empty());
    CHECK(server->take("").value().done);
    CHECK(server->user() == "tim");
    CHECK(server->take("").error() == sasl::errc::out_of_turn);
    CHECK(sasl::make_server("EXTERNAL", with_certificate("tim"))->take("tim").value().done);
    CHECK(sasl::make_server("EXTERNAL", with_certificate("tim"))->take("root").error() == sasl::errc::refused);
    CHECK(sasl::make_server("EXTERNAL", with_certificate({}))->take("").error() == sasl::errc::refused);
    CHECK(sasl::make_server("EXTERNAL", with_certificate("tim"))->take("t\0m"s).error() == sasl::errc::malformed);
    CHECK(sasl::make_server("EXTERNAL", with_certificate("tim"))->take("\xff").error() == sasl::errc::malformed);
}

TEST_CASE("who knows clients by their certificates alone lets nobody in by password") {
    auto const context = with_certificate("tim");
    CHECK(sasl::servable(context) == std::vector<std::string>{"EXTERNAL"});
    CHECK(sasl::make_server("PLAIN", context) == nullptr);
    CHECK(sasl::make_server("EXTERNAL", {}) == nullptr);
}

TEST_CASE("ANONYMOUS leaves a word, and is a guest where guests are") {
    auto const client = sasl::make_client("ANONYMOUS", {"me@example.com", "secret", {}});
    CHECK_FALSE(client->reveals_secret());
    CHECK(client->respond("").value() == "me@example.com");
    CHECK(client->respond("").error() == sasl::errc::out_of_turn);
    CHECK(sasl::make_client("ANONYMOUS", {"\xff", {}, {}})->respond("").error() == sasl::errc::bad_credentials_form);

    sasl::server_context context;
    context.anonymous = true;
    CHECK(sasl::servable(context) == std::vector<std::string>{"ANONYMOUS"});
    auto const server = sasl::make_server("ANONYMOUS", context);
    CHECK(server->take(std::nullopt).value().challenge.empty());
    CHECK(server->take("").value().done);
    CHECK(server->user() == "anonymous");
    CHECK(server->take("").error() == sasl::errc::out_of_turn);
    for (auto const& trace : {"a\0b"s, "\xff"s, std::string(1021, 'a')})
        CHECK(sasl::make_server("ANONYMOUS", context)->take(trace).error() == sasl::errc::malformed);
    CHECK(sasl::make_server("ANONYMOUS", {}) == nullptr);
}
