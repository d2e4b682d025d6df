#include <doctest/doctest.h>

#include "context.hpp"

using namespace postrider;
using namespace std::string_literals;

namespace {

sasl::client_context const to_example = [] {
    sasl::client_context context;
    context.host = "server.example.com";
    context.port = 587;
    return context;
}();

sasl::server_context with_token() {
    sasl::server_context context;
    context.user_of_token = [](std::string_view user, std::string_view token) -> std::optional<std::string> {
        bool const right = token == "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";
        if (!right || (!user.empty() && user != "user@example.com")) return std::nullopt;
        return "user@example.com";
    };
    return context;
}

error_code verdict(std::string_view mechanism, std::string const& message) {
    auto const server = sasl::make_server(mechanism, with_token());
    auto const taken = server->take(message);
    return taken ? error_code() : taken.error();
}

auto const token = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="s;
auto const oauthbearer_message =  // RFC 7628 §4.1
    "n,a=user@example.com,\1host=server.example.com\1port=587\1auth=Bearer " + token + "\1\1";
auto const xoauth2_message = "user=user@example.com\1auth=Bearer " + token + "\1\1";

}  // namespace

TEST_CASE("OAUTHBEARER says what RFC 7628 §4.1 has it say, XOAUTH2 what its makers wrote") {
    sasl::credentials const who{"user@example.com", token, {}};
    auto const oauthbearer = sasl::make_client("OAUTHBEARER", who, to_example);
    CHECK(oauthbearer->sends_first());
    CHECK(oauthbearer->reveals_secret());
    CHECK(oauthbearer->respond("").value() == oauthbearer_message);
    CHECK(oauthbearer->respond(R"({"status":"invalid_token"})").value() == "\1");
    CHECK(oauthbearer->respond("").error() == sasl::errc::out_of_turn);

    auto const xoauth2 = sasl::make_client("XOAUTH2", who, to_example);
    CHECK(xoauth2->reveals_secret());
    CHECK(xoauth2->respond("").value() == xoauth2_message);
    CHECK(xoauth2->respond(R"({"status":"401"})").value().empty());
    CHECK(xoauth2->respond("").error() == sasl::errc::out_of_turn);
    CHECK(sasl::make_client("OAUTHBEARER", {"a,b=c", "t", {}})->respond("").value() ==
          "n,a=a=2Cb=3Dc,\1auth=Bearer t\1\1");
    CHECK(sasl::make_client("OAUTHBEARER", {"", "t", {}})->respond("").value() == "n,,\1auth=Bearer t\1\1");
}

TEST_CASE("a token's source is asked once more, with the hint that its token was refused") {
    std::vector<bool> asked;
    sasl::credentials const who{"me", {}, {}, [&](bool refused) -> result<std::string> {
                                    asked.push_back(refused);
                                    return refused ? "fresh" : "stale";
                                }};
    auto const client = sasl::make_client("XOAUTH2", who);
    CHECK(client->respond("").value() == "user=me\1auth=Bearer stale\1\1");
    CHECK(client->again());
    CHECK(client->respond("").value() == "user=me\1auth=Bearer fresh\1\1");
    CHECK_FALSE(client->again());
    CHECK(asked == std::vector{false, true});
    CHECK_FALSE(sasl::make_client("XOAUTH2", {"me", "token", {}})->again());
}

TEST_CASE("what is no token is not sent") {
    auto const first = [](sasl::credentials const& who) { return sasl::make_client("XOAUTH2", who)->respond(""); };
    CHECK(first({"me", "", {}}).error() == sasl::errc::bad_credentials_form);
    CHECK(first({"me", "a\1b", {}}).error() == sasl::errc::bad_credentials_form);
    CHECK(first({"me", "a\r\n", {}}).error() == sasl::errc::bad_credentials_form);
    CHECK(first({"m\1e", "a", {}}).error() == sasl::errc::bad_credentials_form);
    auto const none = [](bool) -> result<std::string> { return error_code(sasl::errc::no_token); };
    CHECK(first({"me", "x", {}, none}).error() == sasl::errc::no_token);
}

TEST_CASE("a right token authenticates whom it belongs to") {
    for (auto const& [mechanism, message] : {std::pair{"OAUTHBEARER", oauthbearer_message},
                                             {"XOAUTH2", xoauth2_message},
                                             {"OAUTHBEARER", "n,,\1auth=bearer " + token + "\1\1"},
                                             {"OAUTHBEARER", "y,,\1auth=Bearer " + token + "\1\1"}}) {
        std::string const text = message;
        CAPTURE(text);
        auto const server = sasl::make_server(mechanism, with_token());
        CHECK(server->take(std::nullopt).value().challenge.empty());
        CHECK(server->take(message).value().done);
        CHECK(server->user() == "user@example.com");
        CHECK(server->take(message).error() == sasl::errc::out_of_turn);
    }
}

TEST_CASE("a wrong token is told so in JSON, and then refused whatever comes") {
    for (auto const& [mechanism, message, challenge] :
         {std::tuple{"OAUTHBEARER", "n,,\1auth=Bearer x\1\1"s, R"({"status":"invalid_token"})"},
          {"OAUTHBEARER", "n,a=other,\1auth=Bearer " + token + "\1\1", R"({"status":"invalid_token"})"},
          {"XOAUTH2", "user=user@example.com\1auth=Bearer x\1\1"s, R"({"status":"401","schemes":"bearer"})"}}) {
        std::string const text = message;
        CAPTURE(text);
        auto const server = sasl::make_server(mechanism, with_token());
        auto const told = server->take(message).value();
        CHECK_FALSE(told.done);
        CHECK(told.challenge == challenge);
        CHECK(server->take("\1").error() == sasl::errc::refused);
        CHECK(server->user().empty());
    }
}

TEST_CASE("hazard 30: messages with tokens have one form") {
    for (auto const& message :
         {""s, "n"s, "n,,"s, "n,,\1\1"s, "n,,auth=Bearer x\1\1"s, "n,,\1auth=Bearer x\1"s, "n,,\1auth=Bearer x"s,
          "n,,\1auth=Basic x\1\1"s, "n,,\1auth=Bearer \1\1"s, "n,,\1auth\1\1"s, "p=tls-exporter,,\1auth=Bearer x\1\1"s,
          "z,,\1auth=Bearer x\1\1"s, "n,a=b=c,\1auth=Bearer x\1\1"s, "n,,\1auth=Bearer \0\1\1"s,
          "n,,\1auth=Bearer \xff\1\1"s}) {
        CAPTURE(message);
        CHECK(verdict("OAUTHBEARER", message) == sasl::errc::malformed);
    }
    for (auto const& message : {""s, "\1\1"s, "user=me\1\1"s, "auth=Bearer x\1\1"s, "user=\1auth=Bearer x\1\1"s,
                                "user=me\1auth=Bearer x\1"s, "user=me auth=Bearer x\1\1"s}) {
        CAPTURE(message);
        CHECK(verdict("XOAUTH2", message) == sasl::errc::malformed);
    }
}
