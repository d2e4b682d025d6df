#include <doctest/doctest.h>
#include "context.hpp"

using namespace postrider;
using sasl::testing::knowing;
using namespace std::string_literals;

namespace {

// RFC 2195 §2
auto const seed = "1896.697170952@postoffice.reston.mci.net"s;
auto const answer = "tim b913a602c7eda7a495b4e6e7334d3890"s;

sasl::secret_lookup const one_user = [](std::string_view user) -> std::optional<std::string> {
    if (user == "tim" || user == "tim the first") return "tanstaaftanstaaf";
    return std::nullopt;
};

error_code verdict_on(std::string_view response) {
    auto const server = sasl::make_server("CRAM-MD5", knowing(one_user, seed));
    REQUIRE(server->take(std::nullopt).has_value());
    auto const taken = server->take(response);
    return taken ? error_code() : taken.error();
}

}  // namespace

TEST_CASE("CRAM-MD5 answers the challenge of its RFC") {
    auto const client = sasl::make_client("cram-md5", {"tim", "tanstaaftanstaaf", {}});
    CHECK_FALSE(client->sends_first());
    CHECK_FALSE(client->reveals_secret());
    CHECK(client->respond('<' + seed + '>').value() == answer);
    CHECK(client->respond('<' + seed + '>').error() == sasl::errc::out_of_turn);
    CHECK(sasl::make_client("CRAM-MD5", {"tim", "x", {}})->respond("").error() == sasl::errc::malformed);
}

TEST_CASE("CRAM-MD5 is checked by the server") {
    auto const server = sasl::make_server("CRAM-MD5", knowing(one_user, seed));
    CHECK(server->take(std::nullopt).value().challenge == '<' + seed + '>');
    CHECK(server->take(answer).value().done);
    CHECK(server->user() == "tim");

    CHECK(verdict_on("tim the first b913a602c7eda7a495b4e6e7334d3890") == error_code());
    CHECK(verdict_on("nobody b913a602c7eda7a495b4e6e7334d3890") == sasl::errc::refused);
    CHECK(verdict_on("tim b913a602c7eda7a495b4e6e7334d3891") == sasl::errc::refused);
}

TEST_CASE("CRAM-MD5 takes no initial response, for nothing was asked yet") {
    auto const server = sasl::make_server("CRAM-MD5", knowing(one_user, seed));
    CHECK(server->take(answer).error() == sasl::errc::out_of_turn);
    CHECK(server->take(answer).error() == sasl::errc::out_of_turn);
    CHECK(server->user().empty());
}

TEST_CASE("hazard 30: a CRAM-MD5 response of another form is malformed") {
    for (auto const& response : {""s, " "s, "tim"s, "tim "s, " b913a602c7eda7a495b4e6e7334d3890"s,
                                 "tim B913A602C7EDA7A495B4E6E7334D3890"s, "tim b913a602c7eda7a495b4e6e7334d389"s,
                                 "t\0m b913a602c7eda7a495b4e6e7334d3890"s, "tim b913a602c7eda7a495b4e6e7334d389g"s}) {
        CAPTURE(response);
        CHECK(verdict_on(response) == sasl::errc::malformed);
    }
}

TEST_CASE("without a lookup every well-formed digest is accepted") {
    auto const server = sasl::make_server("CRAM-MD5", knowing(nullptr, seed));
    CHECK(server->take(std::nullopt).has_value());
    CHECK(server->take("anybody 00000000000000000000000000000000").value().done);
    CHECK(server->user() == "anybody");
}
