#include "terminal/progress.hpp"

#include <doctest/doctest.h>

using namespace postrider::app;
using namespace std::chrono_literals;

TEST_CASE("a line tells share, sizes, rate and time left, and fits the terminal") {
    CHECK(progress_line(13'100'000, 25'200'000, 3s, 80) ==
          "[================>               ]  51%  13.1 MB of 25.2 MB  4.4 MB/s  3 s left");
    for (std::size_t columns : {1, 10, 40, 60, 80, 200})
        CHECK(progress_line(1, 1'000'000'000, 2s, columns).size() <= columns);
}

TEST_CASE("figures at the ends of the scale") {
    CHECK(progress_line(0, 0, 0s, 80).find("  0%") != std::string::npos);
    CHECK(progress_line(100, 100, 1s, 80).find("100%") != std::string::npos);
    CHECK(progress_line(200, 100, 1s, 80).find("100%") != std::string::npos);
    CHECK(progress_line(1000, 1'000'000, 10s, 80).find("min left") != std::string::npos);
}

namespace {

/// Content in pieces of ten octets, and a clock that a test moves.
struct watched {
    std::string octets = std::string(100, 'x');
    std::chrono::steady_clock::time_point now{};
    std::string drawn;
    std::size_t draws = 0;

    std::unique_ptr<postrider::octet_reader> content() const {
        return std::make_unique<postrider::view_reader>(octets);
    }

    void read_all(std::chrono::milliseconds each) {
        progress_reader reader(
            content(), [&](std::string_view text) { drawn += text, ++draws; }, 80, [&] { return now; });
        CHECK(reader.size() == 100);
        std::vector<std::string_view> pieces;
        std::size_t octets_seen = 0;
        do {
            now += each;
            REQUIRE_FALSE(reader.next(pieces, 10));
            for (auto piece : pieces) octets_seen += piece.size();
        } while (!pieces.empty());
        CHECK(octets_seen == 100);
    }
};

}  // namespace

TEST_CASE("what takes less than a second draws nothing") {
    watched w;
    w.read_all(50ms);
    CHECK(w.drawn.empty());
}

TEST_CASE("what takes longer is drawn from the second second on and wiped at the end") {
    watched w;
    w.read_all(500ms);
    CHECK(w.draws == 11);
    CHECK(w.drawn.find(" 20%") != std::string::npos);
    CHECK(w.drawn.ends_with("\r\x1b[K"));
}

TEST_CASE("it is drawn ten times a second at most") {
    watched w;
    w.octets.assign(100'000, 'x');
    std::size_t reads = 0;
    {
        progress_reader reader(
            w.content(), [&](std::string_view) { ++w.draws; }, 80, [&] { return w.now += 1ms; });
        std::vector<std::string_view> pieces;
        do {
            REQUIRE_FALSE(reader.next(pieces, 20));
            ++reads;
        } while (!pieces.empty());
    }
    CHECK(reads > 4000);
    CHECK(w.draws < 60);
}
