#include <doctest/doctest.h>

#include <algorithm>

#include "context.hpp"

using namespace postrider;
using namespace std::string_literals;

namespace {

// RFC 2831 §4, SMTP's cousin IMAP
sasl::client_context as_in_the_rfc() {
    auto context = sasl::testing::with_nonce("OA6MHXh6VqTrRk");
    context.service = "imap";
    context.host = "elwood.innosoft.com";
    return context;
}

sasl::server_context serving() {
    auto context = sasl::testing::knowing([](std::string_view user) -> std::optional<std::string> {
        if (user == "chris") return "secret";
        if (user == "zoë") return "geheim ß";
        return std::nullopt;
    });
    context.nonce = "OA6MG9tEQGm2hh";
    context.service = "imap";
    context.host = "elwood.innosoft.com";
    return context;
}

auto const challenge =
    R"(realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8)"s;
auto const response =
    R"(charset=utf-8,username="chris",realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",nc=00000001,)"
    R"(cnonce="OA6MHXh6VqTrRk",digest-uri="imap/elwood.innosoft.com",)"
    R"(response=d388dad90d4bbd760a152321f2143af7,qop=auth)"s;
auto const proof = "rspauth=ea40f60335c427b5527b84dbabcdfffd"s;

result<std::string> answer_to(std::string const& text) {
    return sasl::make_client("DIGEST-MD5", {"chris", "secret", {}}, as_in_the_rfc())->respond(text);
}

error_code at_the_end(std::string const& text) {
    auto const client = sasl::make_client("DIGEST-MD5", {"chris", "secret", {}}, as_in_the_rfc());
    REQUIRE(client->respond(challenge).has_value());
    auto const said = client->respond(text);
    CHECK_FALSE(client->may_succeed());
    return said ? error_code() : said.error();
}

error_code verdict(std::string const& text) {
    auto const server = sasl::make_server("DIGEST-MD5", serving());
    REQUIRE(server->take(std::nullopt).has_value());
    auto const taken = server->take(text);
    CHECK(server->user().empty());
    return taken ? error_code() : taken.error();
}

std::string changed(std::string text, std::string const& from, std::string const& to) {
    auto const at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("DIGEST-MD5 says what RFC 2831 §4 has it say") {
    auto const client = sasl::make_client("DIGEST-MD5", {"chris", "secret", {}}, as_in_the_rfc());
    CHECK_FALSE(client->sends_first());
    CHECK_FALSE(client->reveals_secret());
    CHECK(client->respond(challenge).value() == response);
    CHECK_FALSE(client->may_succeed());
    CHECK(client->respond(proof).value().empty());
    CHECK(client->may_succeed());
    CHECK(client->respond("").error() == sasl::errc::out_of_turn);
}

TEST_CASE("DIGEST-MD5's server checks what RFC 2831 §4 has") {
    auto const server = sasl::make_server("DIGEST-MD5", serving());
    CHECK(server->take(std::nullopt).value().challenge ==
          R"(realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",charset=utf-8,algorithm=md5-sess)");
    auto const proved = server->take(response).value();
    CHECK_FALSE(proved.done);
    CHECK(proved.challenge == proof);
    CHECK(server->user().empty());
    CHECK(server->take("").value().done);
    CHECK(server->user() == "chris");
}

TEST_CASE("DIGEST-MD5 is neither offered nor chosen unasked") {
    auto const offered = sasl::servable(serving());
    CHECK(std::find(offered.begin(), offered.end(), "DIGEST-MD5") == offered.end());
    sasl::credentials const who{"u", "p", {}};
    CHECK(sasl::candidates({"DIGEST-MD5"}, {}, who, {}).empty());
    CHECK(sasl::candidates({"DIGEST-MD5"}, {"digest-md5"}, who, {}) == std::vector<std::string>{"DIGEST-MD5"});
    CHECK(sasl::preferred({"DIGEST-MD5", "PLAIN"}) == std::vector<std::string>{"PLAIN"});
}

TEST_CASE("DIGEST-MD5's challenge has one form, and asks for nothing that we lack") {
    CHECK(answer_to(R"( nonce = "n" , , algorithm="md5-sess" , realm="a", realm="b", qop="auth-int, auth" ,)")
              .has_value());
    CHECK(answer_to(R"(nonce="n",algorithm=md5-sess,qop="auth-int,auth-conf")").error() ==
          sasl::errc::unsupported_extension);
    for (auto const* text :
         {"", ",", "nonce", "nonce=", "nonce=\"n", "nonce=\"n\\", "nonce=\"n\" x,algorithm=md5-sess", "=n",
          "nonce=\"n\"", "nonce=\"\",algorithm=md5-sess", "nonce=\"n\",algorithm=md5", "algorithm=md5-sess",
          "nonce=\"n\",nonce=\"m\",algorithm=md5-sess", "nonce=n;algorithm=md5-sess"}) {
        CAPTURE(text);
        CHECK(answer_to(text).error() == sasl::errc::malformed);
    }
    auto const odd = sasl::make_client("DIGEST-MD5", {"a\"b\\c", "p", {}}, as_in_the_rfc())
                         ->respond(R"(nonce="\"x\\",algorithm=md5-sess)")
                         .value();
    CHECK(odd.find(R"(username="a\"b\\c")") != odd.npos);
    CHECK(odd.find(R"(nonce="\"x\\")") != odd.npos);
    CHECK(odd.find("realm") == odd.npos);
    CHECK(sasl::make_client("DIGEST-MD5", {"u", "p", {}})->respond(challenge).has_error());
}

TEST_CASE("hazard 72: who cannot answer DIGEST-MD5 in turn does not know the password") {
    CHECK(at_the_end("rspauth=00000000000000000000000000000000") == sasl::errc::wrong_server_signature);
    CHECK(at_the_end("rspauth=\"\"") == sasl::errc::wrong_server_signature);
    for (auto const* text : {"", "rspauth", "rsp=1", "stale=true"}) CHECK(at_the_end(text) == sasl::errc::malformed);
}

TEST_CASE("wrong responses of DIGEST-MD5 are refused, malformed ones too") {
    CHECK(verdict(changed(response, "d388", "d389")) == sasl::errc::refused);
    CHECK(verdict(changed(response, "chris", "christ")) == sasl::errc::refused);
    CHECK(verdict(changed(response, "realm=\"elwood", "realm=\"ellwood")) == sasl::errc::refused);
    CHECK(verdict(changed(response, "qop=auth", "qop=auth,authzid=\"root\"")) == sasl::errc::refused);
    CHECK(verdict(changed(response, "nc=00000001", "nc=00000002")) == sasl::errc::wrong_nonce);
    CHECK(verdict(changed(response, "OA6MG9", "OA6MG8")) == sasl::errc::wrong_nonce);
    for (auto const& text :
         {""s, changed(response, "imap/", "smtp/"), changed(response, "qop=auth", "qop=auth-int"),
          changed(response, "username=\"chris\"", "username=\"\""), changed(response, "cnonce=", "xnonce="),
          changed(response, "response=", "answer="), changed(response, "chris", "chr\xffis"),
          changed(response, "chris", "chr\0is"s), response + ",nc=00000001"}) {
        CAPTURE(text);
        CHECK(verdict(text) == sasl::errc::malformed);
    }
    auto const server = sasl::make_server("DIGEST-MD5", serving());
    CHECK(server->take(response).error() == sasl::errc::out_of_turn);
    CHECK(server->take(response).error() == sasl::errc::out_of_turn);
}

TEST_CASE("names and passwords that ISO 8859-1 can write are hashed as that") {
    auto context = as_in_the_rfc();
    auto const client = sasl::make_client("DIGEST-MD5", {"zoë", "geheim ß", {}}, context);
    auto const server = sasl::make_server("DIGEST-MD5", serving());
    auto const said = client->respond(server->take(std::nullopt).value().challenge).value();
    CHECK(client->respond(server->take(said).value().challenge).value().empty());
    CHECK(server->take("").value().done);
    CHECK(server->user() == "zoë");
    CHECK(said.find("response=c1e7a54504715005fd59a597a8bb4bec,") != said.npos);
}
