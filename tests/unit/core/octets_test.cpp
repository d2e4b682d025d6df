#include <doctest/doctest.h>
#include <postrider/core/octets.hpp>
#include <string>
#include <vector>

using namespace postrider;

TEST_CASE("a memory source reads at any position") {
    auto source = memory_source("hello");
    char room[3];
    REQUIRE(source->size() == 5);
    CHECK(source->read_at(3, room).value() == 2);
    CHECK(std::string(room, 2) == "lo");
    CHECK(source->read_at(5, room).value() == 0);
    CHECK(source->read_at(99, room).value() == 0);
}

TEST_CASE("a view reader hands over everything once") {
    for (std::size_t wanted : {0, 1, 2, 5, 99}) {
        view_reader reader("hello");
        std::vector<std::string_view> pieces{"stale"};
        std::string seen;
        while (!reader.next(pieces, wanted) && !pieces.empty())
            for (auto piece : pieces) seen += piece;
        CHECK(seen == "hello");
        CHECK(pieces.empty());
    }
}
