#include <doctest/doctest.h>
#include <postrider/codec/base64.hpp>

#include "context.hpp"

using namespace postrider;
using sasl::testing::knowing;
using sasl::testing::with_nonce;
using namespace std::string_literals;

namespace {

sasl::secret_lookup const one_user = [](std::string_view user) -> std::optional<std::string> {
    if (user == "tim") return "tanstaaf";
    return std::nullopt;
};

/// Client against server until one of them has had enough.
struct exchange {
    sasl::credentials who{"tim", "tanstaaf", {}};
    sasl::client_context client = with_nonce();
    sasl::server_context server = knowing(one_user);

    std::string user{};
    bool server_is_proved = false;

    error_code run(std::string_view mechanism) {
        auto const asking = sasl::make_client(mechanism, who, client);
        auto const asked = sasl::make_server(mechanism, server);
        auto response = asking->respond("");
        while (response) {
            auto const answer = asked->take(*response);
            if (!answer) return answer.error();
            if (answer->done) break;
            response = asking->respond(answer->challenge);
        }
        user = asked->user();
        server_is_proved = asking->may_succeed();
        return response ? error_code() : response.error();
    }
};

constexpr std::string_view plain_ones[] = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"};
constexpr std::string_view plus_ones[] = {"SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-512-PLUS"};

/// What the server makes of a first message, and of a last one.
error_code first(std::string const& message, std::string_view mechanism = "SCRAM-SHA-256") {
    auto context = knowing(one_user);
    context.bindings = {"certificate", "exported"};
    auto const server = sasl::make_server(mechanism, context);
    auto const taken = server->take(message);
    if (!taken) CHECK(server->take(message).error() == sasl::errc::out_of_turn);
    return taken ? error_code() : taken.error();
}

error_code last(std::string const& message) {
    auto const server = sasl::make_server("SCRAM-SHA-256", knowing(one_user));
    REQUIRE(server->take("n,,n=tim,r=abc").has_value());
    auto const taken = server->take(message);
    CHECK(server->user().empty());
    return taken ? error_code() : taken.error();
}

std::string salt_of(std::string const& user, sasl::server_context const& context) {
    auto const challenge =
        sasl::make_server("SCRAM-SHA-256", context)->take("n,,n=" + user + ",r=abc").value().challenge;
    return challenge.substr(challenge.find(",s="));
}

}  // namespace

TEST_CASE("each SCRAM authenticates, and only with the right password") {
    for (auto const mechanism : plain_ones) {
        CAPTURE(mechanism);
        exchange right;
        CHECK(right.run(mechanism) == error_code());
        CHECK(right.user == "tim");
        CHECK(right.server_is_proved);

        exchange wrong;
        wrong.who.secret = "tanstaaF";
        CHECK(wrong.run(mechanism) == sasl::errc::refused);
        CHECK(wrong.user.empty());

        exchange nobody;
        nobody.who.user = "tom";
        CHECK(nobody.run(mechanism) == sasl::errc::refused);
    }
}

TEST_CASE("each SCRAM-PLUS is bound to the channel") {
    for (auto const mechanism : plus_ones) {
        CAPTURE(mechanism);
        exchange bound;
        bound.client.bindings = bound.server.bindings = {"certificate", "exported"};
        CHECK(bound.run(mechanism) == error_code());
        CHECK(bound.user == "tim");

        exchange between;
        between.client.bindings = {"certificate", "one"};
        between.server.bindings = {"certificate", "other"};
        CHECK(between.run(mechanism) == sasl::errc::refused);

        exchange by_certificate;
        by_certificate.client.bindings = by_certificate.server.bindings = {"certificate", {}};
        CHECK(by_certificate.run(mechanism) == error_code());
        by_certificate.server.bindings.server_end_point = "of another";
        CHECK(by_certificate.run(mechanism) == sasl::errc::refused);

        exchange other_kind;
        other_kind.client.bindings = {{}, "exported"};
        other_kind.server.bindings = {"certificate", {}};
        CHECK(other_kind.run(mechanism) == sasl::errc::unsupported_binding);
        CHECK(sasl::make_server(mechanism, knowing(one_user)) == nullptr);
    }
}

TEST_CASE("a -PLUS that was taken out of the offer on its way is missed") {
    exchange stripped;
    stripped.client.bindings = stripped.server.bindings = {"certificate", "exported"};
    stripped.server.binds = true;
    CHECK(stripped.run("SCRAM-SHA-256") == sasl::errc::downgraded);
    stripped.client.server_binds = true;  // the client saw it, and was told to do without
    CHECK(stripped.run("SCRAM-SHA-256") == error_code());
}

TEST_CASE("SCRAM by kept keys; a password in the clear is checked by them too") {
    auto context = knowing(nullptr);
    context.keys_of = [](hash with, std::string_view user) -> std::optional<sasl::scram_keys> {
        if (user != "tim") return std::nullopt;
        return sasl::make_scram_keys(with, "tanstaaf", "salt", 5000);
    };
    exchange kept;
    kept.server = context;
    CHECK(kept.run("SCRAM-SHA-512") == error_code());
    kept.who.secret = "x";
    CHECK(kept.run("SCRAM-SHA-512") == sasl::errc::refused);
    CHECK(sasl::make_server("PLAIN", context)->take("\0tim\0tanstaaf"s).value().done);
    CHECK(sasl::make_server("PLAIN", context)->take("\0tim\0x"s).error() == sasl::errc::refused);
    CHECK(sasl::make_server("PLAIN", context)->take("\0tom\0tanstaaf"s).error() == sasl::errc::refused);
    CHECK(sasl::make_server("CRAM-MD5", context) == nullptr);
}

TEST_CASE("a user who is not there has a salt, the same each time, and another than others") {
    auto const context = knowing(one_user);
    CHECK(salt_of("nobody", context) == salt_of("nobody", context));
    CHECK(salt_of("nobody", context) != salt_of("anybody", context));
    CHECK(salt_of("nobody", context).size() == salt_of("tim", context).size());
    CHECK(salt_of("tim", context) == salt_of("tim", context));
    auto other = context;
    other.hiding_key = "of another server";
    CHECK(salt_of("nobody", context) != salt_of("nobody", other));
    other = context;
    other.secret_of = nullptr;
    other.keys_of = [](hash, std::string_view) { return std::nullopt; };
    CHECK(salt_of("nobody", context) == salt_of("nobody", other));
}

TEST_CASE("hazard 30: SCRAM's first message of a client has one form") {
    CHECK(first("n,,n=tim,r=abc") == error_code());
    CHECK(first("y,,n=tim,r=abc") == error_code());
    CHECK(first("n,a=tim,n=tim,r=abc,x=ignored") == error_code());
    CHECK(first("n,,m=must,n=tim,r=abc") == sasl::errc::unsupported_extension);
    CHECK(first("p=tls-unique,,n=tim,r=abc", "SCRAM-SHA-256-PLUS") == sasl::errc::unsupported_binding);
    CHECK(first("p=,,n=tim,r=abc", "SCRAM-SHA-256-PLUS") == sasl::errc::unsupported_binding);
    for (auto const* without : {"n,,n=tim,r=abc", "y,,n=tim,r=abc"})
        CHECK(first(without, "SCRAM-SHA-256-PLUS") == sasl::errc::malformed);
    for (auto const& message :
         {""s, ","s, ",,n=tim,r=abc"s, "p=tls-exporter,,n=tim,r=abc"s, "n"s, "n,"s, "n,n=tim,r=abc"s, "x,,n=tim,r=abc"s,
          "n,,n=,r=abc"s, "n,,n=tim"s, "n,,n=tim,r="s, "n,,r=abc,n=tim"s, "n,,n=a=2cb,r=abc"s, "n,,n=a=,r=abc"s,
          "n,,n=a\xff,r=abc"s, "n,,n=a\0b,r=abc"s, "n,a=,n=tim,r=abc"s, "n,a=\xc3,n=tim,r=abc"s, "n,,n=tim,r=a b"s}) {
        CAPTURE(message);
        CHECK(first(message) == sasl::errc::malformed);
    }
    CHECK(first("n,,n=a\x07,r=abc") == sasl::errc::bad_credentials_form);
}

TEST_CASE("SCRAM's last message of a client has one form") {
    auto const proof = ",p=" + codec::encode_base64(std::string(32, 'x'));
    CHECK(last("c=biws,r=abcserver-nonce" + proof) == sasl::errc::refused);
    CHECK(last("c=eSws,r=abcserver-nonce" + proof) == sasl::errc::refused);
    CHECK(last("c=biws,r=abc" + proof) == sasl::errc::wrong_nonce);
    CHECK(last("c=biws,r=abcserver-noncf" + proof) == sasl::errc::wrong_nonce);
    for (auto const& message :
         {""s, "c=biws"s, "c=biws,r=abcserver-nonce"s, "r=abcserver-nonce,c=biws" + proof,
          "c=%,r=abcserver-nonce" + proof, "c=biws,r=abcserver-nonce,p="s, "c=biws,r=abcserver-nonce,p=eA=="s,
          "c=biws,r=abcserver-nonce,p=%%%%"s, "c=biws,r=abcserver-nonce" + proof + ",x=1"}) {
        CAPTURE(message);
        CHECK(last(message) == sasl::errc::malformed);
    }
}

TEST_CASE("SCRAM ends with an empty response, and lets nobody act as another") {
    auto const server = sasl::make_server("SCRAM-SHA-256", knowing(one_user));
    CHECK(server->take(std::nullopt).value().challenge.empty());
    auto const client = sasl::make_client("SCRAM-SHA-256", {"tim", "tanstaaf", {}}, with_nonce());
    auto const challenge = server->take(client->respond("").value()).value().challenge;
    CHECK_FALSE(server->take(client->respond(challenge).value()).value().done);
    CHECK(server->take("more").error() == sasl::errc::malformed);
    CHECK(server->take("").error() == sasl::errc::out_of_turn);
    CHECK(server->user().empty());

    exchange as_another;
    as_another.who.identity = "root";
    CHECK(as_another.run("SCRAM-SHA-1") == sasl::errc::refused);
    as_another.who.identity = "tim";
    CHECK(as_another.run("SCRAM-SHA-1") == error_code());
}

TEST_CASE("a name with a comma, and a password beyond ASCII, pass through SCRAM") {
    exchange odd;
    odd.who = {"a,b=c é", "sesame öffne dich", {}};
    odd.server.secret_of = [](std::string_view user) {
        return user == "a,b=c é" ? std::optional<std::string>("sesame o\u0308ffne dich") : std::nullopt;
    };
    CHECK(odd.run("SCRAM-SHA-256") == error_code());
    CHECK(odd.user == "a,b=c é");
}
