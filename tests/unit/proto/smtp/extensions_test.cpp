#include <doctest/doctest.h>
#include <postrider/proto/smtp/client_engine.hpp>

using namespace postrider::smtp;

namespace {

extensions offered(std::vector<std::string> lines) {
    lines.insert(lines.begin(), "mx.example SIZE 7");
    return extensions::parse(reply{250, {}, lines});
}

}  // namespace

TEST_CASE("keywords compare without case, parameters stay as they are") {
    auto const e = offered({"PIPELINING", "size 1000", "X-Odd  Some Thing "});
    CHECK(e.has("pipelining"));
    CHECK(e.has("SIZE"));
    CHECK(e.parameters("x-ODD") == "Some Thing");
    CHECK(e.parameters("pipelining").empty());
    CHECK_FALSE(e.has("mx.example"));
    CHECK(e.all().size() == 3);
}

TEST_CASE("lines that begin with no keyword are skipped") {
    CHECK(offered({"", "-x", "=y", " ", "\xc3\xa9"}).empty());
}

TEST_CASE("AUTH and AUTH= lines are joined") {
    using list = std::vector<std::string>;
    CHECK(offered({"AUTH=LOGIN plain", "AUTH PLAIN  CRAM-MD5"}).auth_mechanisms() ==
          list{"LOGIN", "PLAIN", "CRAM-MD5"});
    CHECK(offered({"AUTH"}).auth_mechanisms().empty());
    CHECK(offered({}).auth_mechanisms().empty());
}

TEST_CASE("hazard 16: a size limit that is no number is none") {
    CHECK(offered({"SIZE 1000"}).size_limit() == 1000u);
    for (auto line : {"SIZE", "SIZE 0", "SIZE -1", "SIZE abc", "SIZE 10k", "SIZE 18446744073709551616"}) {
        CAPTURE(line);
        CHECK_FALSE(offered({line}).size_limit());
    }
    CHECK(offered({"SIZE 18446744073709551615"}).size_limit() == 18446744073709551615u);
}

TEST_CASE("extensions can be taken as not offered") {
    auto const e = offered({"PIPELINING", "CHUNKING"}).without({"chunking", "absent"});
    CHECK(e.has("PIPELINING"));
    CHECK_FALSE(e.has("CHUNKING"));
}
