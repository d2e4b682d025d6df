#include <doctest/doctest.h>
#include <postrider/core/error.hpp>
#include <postrider/proto/sasl/mechanism.hpp>

using namespace postrider;

TEST_CASE("mechanisms that we do not have are not made") {
    CHECK(sasl::make_client("GSSAPI", {}) == nullptr);
    CHECK(sasl::make_client("", {}) == nullptr);
    CHECK(sasl::make_server("PLAIN ", {}) == nullptr);
}

TEST_CASE("the best of the offered mechanisms comes first") {
    using names = std::vector<std::string>;
    CHECK(sasl::preferred({"LOGIN", "plain", "GSSAPI", "Cram-MD5"}) == names{"CRAM-MD5", "PLAIN", "LOGIN"});
    CHECK(sasl::preferred({"LOGIN"}) == names{"LOGIN"});
    CHECK(sasl::preferred({}).empty());
    CHECK(sasl::preferred({"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS"}) ==
          names{"SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN"});
}

TEST_CASE("wrong credentials stay wrong without a change") {
    CHECK(make_error_code(sasl::errc::refused) == condition::permanent);
    CHECK_FALSE(make_error_code(sasl::errc::refused) == condition::transient);
    CHECK(make_error_code(sasl::errc::malformed).message() == "the message does not have the mechanism's form");
}
