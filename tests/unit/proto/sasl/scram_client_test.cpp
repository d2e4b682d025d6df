#include <doctest/doctest.h>
#include <postrider/codec/base64.hpp>

#include "context.hpp"

using namespace postrider;
using sasl::testing::with_nonce;
using namespace std::string_literals;

namespace {

sasl::credentials const somebody{"user", "pencil", {}};

/// What the client makes of the server's first message.
result<std::string> after(std::string const& server_first, sasl::credentials const& who = somebody) {
    auto const client = sasl::make_client("SCRAM-SHA-256", who, with_nonce("abc"));
    REQUIRE(client->respond("").has_value());
    auto response = client->respond(server_first);
    CHECK_FALSE(client->may_succeed());
    if (!response) CHECK(client->respond(server_first).error() == sasl::errc::out_of_turn);
    return response;
}

/// What it makes of the last one, after a right first.
error_code at_the_end(std::string const& server_final) {
    auto const client = sasl::make_client("SCRAM-SHA-256", somebody, with_nonce("abc"));
    REQUIRE(client->respond("").has_value());
    REQUIRE(client->respond("r=abcdef,s=c2FsdA==,i=4096").has_value());
    auto const response = client->respond(server_final);
    CHECK_FALSE(client->may_succeed());
    return response ? error_code() : response.error();
}

std::string first_of(std::string_view mechanism, sasl::client_context const& context) {
    return sasl::make_client(mechanism, somebody, context)->respond("").value();
}

}  // namespace

TEST_CASE("hazard 71: SCRAM iterations are neither too many nor too few") {
    using limits::scram_least_iterations, limits::scram_most_iterations;
    auto const asking_for = [](std::string const& count) { return after("r=abcdef,s=c2FsdA==,i=" + count); };
    CHECK(asking_for(std::to_string(scram_least_iterations)).has_value());
    CHECK(asking_for(std::to_string(scram_most_iterations)).has_value());
    for (auto const& count : {std::to_string(scram_least_iterations - 1), std::to_string(scram_most_iterations + 1),
                              "1"s, "2147483648"s, "4294967296"s, "4294971392"s, "99999999999999999999999"s}) {
        CAPTURE(count);
        CHECK(asking_for(count).error() == sasl::errc::iterations_out_of_range);
    }
    for (auto const* count : {"", "0", "-4096", "+4096", " 4096", "4096x", "0x1000", "04096", "4e3"}) {
        CAPTURE(count);
        CHECK(asking_for(count).error() == sasl::errc::malformed);
    }
}

TEST_CASE("hazard 72: SCRAM's nonce must go on from ours") {
    for (auto const* nonce : {"abc", "abd", "xabcdef", "ABCdef", "ab"}) {
        CAPTURE(nonce);
        CHECK(after("r="s + nonce + ",s=c2FsdA==,i=4096").error() == sasl::errc::wrong_nonce);
    }
    for (auto const& nonce : {""s, "abc d"s, "abc\x7f"s, "abc\u00e9"s, "abc\0d"s}) {
        CAPTURE(nonce);
        CHECK(after("r=" + nonce + ",s=c2FsdA==,i=4096").error() == sasl::errc::malformed);
    }
}

TEST_CASE("hazard 72: a server that cannot sign does not know the password") {
    auto const nothing = codec::encode_base64(std::string(32, '\0'));
    CHECK(at_the_end("v=" + nothing) == sasl::errc::wrong_server_signature);
    CHECK(at_the_end("v=" + codec::encode_base64("short")) == sasl::errc::wrong_server_signature);
    CHECK(at_the_end("v=") == sasl::errc::wrong_server_signature);
    for (auto const* message : {"", "v", "v=%%%", "v=AAA", "x=AAAA", "r=abcdef,s=c2FsdA==,i=4096"}) {
        CAPTURE(message);
        CHECK(at_the_end(message) == sasl::errc::malformed);
    }
}

TEST_CASE("SCRAM's server may say why not") {
    CHECK(at_the_end("e=invalid-proof") == sasl::errc::refused);
    CHECK(at_the_end("e=unknown-user,x=1") == sasl::errc::refused);
    CHECK(at_the_end("e=channel-bindings-dont-match") == sasl::errc::refused);
    CHECK(at_the_end("e=unsupported-channel-binding-type") == sasl::errc::unsupported_binding);
    CHECK(at_the_end("e=server-does-support-channel-binding") == sasl::errc::downgraded);
    CHECK(after("e=other-error").error() == sasl::errc::refused);
}

TEST_CASE("SCRAM's first message of the server has one form") {
    CHECK(after("r=abcdef,s=c2FsdA==,i=4096,x=ignored").has_value());
    CHECK(after("m=must,r=abcdef,s=c2FsdA==,i=4096").error() == sasl::errc::unsupported_extension);
    for (auto const& message : {""s, ","s, "r"s, "r="s, "s=c2FsdA==,r=abcdef,i=4096"s, "r=abcdef,s=c2FsdA=="s,
                                "r=abcdef,i=4096,s=c2FsdA=="s, "r=abcdef,s=,i=4096"s, "r=abcdef,s=c2Fsd,i=4096"s,
                                "r=abcdef,s=!!!!,i=4096"s, "r=abcdef,,s=c2FsdA==,i=4096"s, std::string(100'000, 'r')}) {
        CAPTURE(message.substr(0, 40));
        CHECK(after(message).error() == sasl::errc::malformed);
    }
}

TEST_CASE("names in SCRAM are prepared, commas and equals signs escaped") {
    auto const saying = [](sasl::credentials const& who) {
        return sasl::make_client("SCRAM-SHA-1", who, with_nonce("abc"))->respond("");
    };
    CHECK(saying({"a,b=c", "p", {}}).value() == "n,,n=a=2Cb=3Dc,r=abc");
    CHECK(saying({"I\u00adX", "p", {}}).value() == "n,,n=IX,r=abc");
    CHECK(saying({"me", "p", "you, too"}).value() == "n,a=you=2C too,n=me,r=abc");
    CHECK(saying({"", "p", {}}).error() == sasl::errc::bad_credentials_form);
    CHECK(saying({"a\x01", "p", {}}).error() == sasl::errc::bad_credentials_form);
    CHECK(saying({"a\0b"s, "p", {}}).error() == sasl::errc::bad_credentials_form);
    CHECK(after("r=abcdef,s=c2FsdA==,i=4096", {"me", "\x07", {}}).error() == sasl::errc::bad_credentials_form);
    CHECK(after("r=abcdef,s=c2FsdA==,i=4096", {"me", "\u2168", {}}).value() ==
          after("r=abcdef,s=c2FsdA==,i=4096", {"me", "IX", {}}).value());
}

TEST_CASE("SCRAM without a nonce of its own is not begun") {
    CHECK(sasl::make_client("SCRAM-SHA-1", somebody)->respond("").error() == sasl::errc::bad_credentials_form);
    CHECK(sasl::make_client("SCRAM-SHA-1", somebody, with_nonce("a,b"))->respond("").error() ==
          sasl::errc::bad_credentials_form);
}

TEST_CASE("SCRAM tells what it could be bound to") {
    auto context = with_nonce("abc");
    CHECK(first_of("SCRAM-SHA-256", context) == "n,,n=user,r=abc");
    context.bindings = {"certificate", "exported"};
    CHECK(first_of("SCRAM-SHA-256", context) == "y,,n=user,r=abc");
    context.server_binds = true;
    CHECK(first_of("SCRAM-SHA-256", context) == "n,,n=user,r=abc");
    CHECK(first_of("SCRAM-SHA-256-PLUS", context) == "p=tls-exporter,,n=user,r=abc");
    context.bindings.exporter.clear();
    CHECK(first_of("SCRAM-SHA-1-PLUS", context) == "p=tls-server-end-point,,n=user,r=abc");
    context.bindings = {};
    CHECK(sasl::make_client("SCRAM-SHA-512-PLUS", somebody, context)->respond("").has_error());
}
