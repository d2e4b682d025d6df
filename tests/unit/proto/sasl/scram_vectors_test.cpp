#include <doctest/doctest.h>
#include <postrider/codec/base64.hpp>

#include "context.hpp"

using namespace postrider;

namespace {

/// An exchange as it stands in an RFC.
struct vector {
    char const* mechanism;
    char const *user, *password;
    char const *client_nonce, *server_nonce;
    char const* salt;
    char const *client_first, *server_first, *client_final, *server_final;
};

vector const vectors[] = {
    // RFC 5802 §5
    {"SCRAM-SHA-1", "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL", "3rfcNHYJY1ZVvWVs7j", "QSXCR+Q6sek8bf92",
     "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL", "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
     "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
     "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="},
    // RFC 7677 §3
    {"SCRAM-SHA-256", "user", "pencil", "rOprNGfwEbeRWgbNEkqO", "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
     "W22ZaJ0SNY7soEsUEjb6gQ==", "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
     "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
     "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
     "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="},
};

sasl::scram_keys keys_of(vector const& v) {
    auto const with = std::string_view(v.mechanism) == "SCRAM-SHA-1" ? hash::sha1 : hash::sha256;
    return sasl::make_scram_keys(with, v.password, codec::decode_base64(v.salt).value());
}

}  // namespace

TEST_CASE("SCRAM's client says what RFC 5802 and RFC 7677 have it say") {
    for (auto const& v : vectors) {
        CAPTURE(v.mechanism);
        auto const client =
            sasl::make_client(v.mechanism, {v.user, v.password, {}}, sasl::testing::with_nonce(v.client_nonce));
        CHECK(client->name() == v.mechanism);
        CHECK(client->sends_first());
        CHECK_FALSE(client->reveals_secret());
        CHECK(client->respond("").value() == v.client_first);
        CHECK(client->respond(v.server_first).value() == v.client_final);
        CHECK_FALSE(client->may_succeed());
        CHECK(client->respond(v.server_final).value().empty());
        CHECK(client->may_succeed());
        CHECK(client->respond("").error() == sasl::errc::out_of_turn);
    }
}

TEST_CASE("SCRAM's server says what RFC 5802 and RFC 7677 have it say, by kept keys") {
    for (auto const& v : vectors) {
        CAPTURE(v.mechanism);
        auto context = sasl::testing::knowing(nullptr);
        context.nonce = v.server_nonce;
        context.keys_of = [&](hash, std::string_view user) -> std::optional<sasl::scram_keys> {
            if (user != v.user) return std::nullopt;
            return keys_of(v);
        };
        auto const server = sasl::make_server(v.mechanism, context);
        CHECK(server->take(v.client_first).value().challenge == v.server_first);
        auto const proved = server->take(v.client_final).value();
        CHECK_FALSE(proved.done);
        CHECK(proved.challenge == v.server_final);
        CHECK(server->user().empty());
        CHECK(server->take("").value().done);
        CHECK(server->user() == v.user);
    }
}
