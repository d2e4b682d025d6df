#include <doctest/doctest.h>
#include "context.hpp"

using namespace postrider;
using sasl::testing::knowing;
using namespace std::string_literals;

namespace {

sasl::secret_lookup const one_user = [](std::string_view user) -> std::optional<std::string> {
    if (user == "tim") return "tanstaaftanstaaf";
    if (user == "short") return "x";
    return std::nullopt;
};

error_code verdict_on(std::string_view message) {
    auto const taken = sasl::make_server("PLAIN", knowing(one_user))->take(message);
    return taken ? error_code() : taken.error();
}

}  // namespace

TEST_CASE("PLAIN sends identity, user and secret with NUL between them") {  // RFC 4616 §4
    auto const client = sasl::make_client("plain", {"tim", "tanstaaftanstaaf", {}});
    CHECK(client->name() == "PLAIN");
    CHECK(client->sends_first());
    CHECK(client->reveals_secret());
    CHECK(client->respond("").value() == "\0tim\0tanstaaftanstaaf"s);
    CHECK(client->respond("").error() == sasl::errc::out_of_turn);

    CHECK(sasl::make_client("PLAIN", {"Kurt", "xipj3plmq", "Ursel"})->respond("").value() == "Ursel\0Kurt\0xipj3plmq"s);
}

TEST_CASE("PLAIN refuses credentials with a NUL before anything is sent") {
    CHECK(sasl::make_client("PLAIN", {"a\0b"s, "c", {}})->respond("").error() == sasl::errc::bad_credentials_form);
    CHECK(sasl::make_client("PLAIN", {"a", "c\0"s, {}})->respond("").error() == sasl::errc::bad_credentials_form);
    CHECK(sasl::make_client("PLAIN", {"a", "c", "\0"s})->respond("").error() == sasl::errc::bad_credentials_form);
}

TEST_CASE("PLAIN is checked by the server") {
    auto const server = sasl::make_server("PLAIN", knowing(one_user));
    auto const asked = server->take(std::nullopt).value();
    CHECK_FALSE(asked.done);
    CHECK(asked.challenge.empty());
    CHECK(server->take("\0tim\0tanstaaftanstaaf"s).value().done);
    CHECK(server->user() == "tim");
    CHECK(server->take("\0tim\0tanstaaftanstaaf"s).error() == sasl::errc::out_of_turn);

    CHECK(verdict_on("tim\0tim\0tanstaaftanstaaf"s) == error_code());
    CHECK(verdict_on("\0tim\0wrong"s) == sasl::errc::refused);
    CHECK(verdict_on("\0nobody\0tanstaaftanstaaf"s) == sasl::errc::refused);
    CHECK(verdict_on("other\0tim\0tanstaaftanstaaf"s) == sasl::errc::refused);
    CHECK(sasl::make_server("PLAIN", knowing(one_user))->user().empty());
}

TEST_CASE("hazard 29: a password of one letter is a password") {
    CHECK(verdict_on("\0short\0x"s) == error_code());
}

TEST_CASE("hazard 30: PLAIN with a wrong count of NULs is malformed, and nothing worse") {
    for (auto const& message : {""s, "\0"s, "\0\0"s, "\0\0\0"s, "tim"s, "tim\0x"s, "\0tim\0x\0"s, "\0\0x"s, "\0tim\0"s,
                                "   "s, "\0\0\0\0\0\0"s, "\0tim\0\xff\xfe"s}) {
        CAPTURE(message.size());
        CHECK(verdict_on(message) == sasl::errc::malformed);
    }
}

TEST_CASE("without a lookup every well-formed PLAIN message is accepted") {
    auto const server = sasl::make_server("PLAIN", knowing(nullptr));
    CHECK(server->take("\0anybody\0anything"s).value().done);
    CHECK(server->user() == "anybody");
    CHECK(sasl::make_server("PLAIN", knowing(nullptr))->take("anybody"s).error() == sasl::errc::malformed);
}
