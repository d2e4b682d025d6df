#include "send/pace.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "exit_codes.hpp"
#include "thrown.hpp"

using namespace postrider::app;
using namespace std::chrono_literals;

TEST_CASE("a rate is so many in a second, a minute or an hour") {
    CHECK(parse_hold_rate("2/s") == 500ms);
    CHECK(parse_hold_rate("0.5/s") == 2s);
    CHECK(parse_hold_rate("90/min") / 1us == 666'666);
    CHECK(parse_hold_rate("1/h") == 1h);
    CHECK(parse_hold_rate("") == 0s);
    for (char const* wrong : {"2", "/s", "2/", "2/d", "0/s", "-1/s", "x/s", "2/s ", "nan/s", "inf/s", "1e9/s", "2//s"})
        CHECK_MESSAGE(thrown_by([&] { parse_hold_rate(wrong); }).code() == exit_code::usage, wrong);
}

TEST_CASE("turns are an interval apart, and none is made up for") {
    pace steady(100ms);
    pace::clock::time_point const begin{1h};
    CHECK(steady.next_turn(begin) == begin);
    CHECK(steady.next_turn(begin) == begin + 100ms);
    CHECK(steady.next_turn(begin + 50ms) == begin + 200ms);
    CHECK(steady.next_turn(begin + 10s) == begin + 10s);  // late by much: no burst follows
    CHECK(steady.next_turn(begin + 10s) == begin + 10s + 100ms);
}

TEST_CASE("who is told to stop waits no longer") {
    pace slow(1h);
    CHECK(slow.wait());
    std::stop_source stop;
    std::jthread const later([&] {
        std::this_thread::sleep_for(20ms);
        stop.request_stop();
    });
    CHECK_FALSE(slow.wait(stop.get_token()));
}
