#include <doctest/doctest.h>

#include <postrider/net/phase_timeouts.hpp>

using namespace postrider;
using namespace std::chrono_literals;

TEST_CASE("the defaults are those of RFC 5321 §4.5.3.2") {
    net::phase_timeouts rfc;
    CHECK(rfc.of(phase::greeting) == 5min);
    CHECK(rfc.of(phase::mail_from) == 5min);
    CHECK(rfc.of(phase::rcpt_to) == 5min);
    CHECK(rfc.of(phase::data) == 2min);
    CHECK(rfc.of(phase::content) == 3min);
    CHECK(rfc.of(phase::end_of_data) == 10min);
}

TEST_CASE("one figure can stand for every phase") {
    auto same = net::phase_timeouts::all(7s);
    for (int i = 0; i <= static_cast<int>(phase::quit); ++i) CHECK(same.of(static_cast<phase>(i)) == 7s);
}

TEST_CASE("a figure beyond all measure does not pass at once") {
    auto endless = net::phase_timeouts::all(std::chrono::milliseconds::max());
    CHECK(endless.until(phase::data) > std::chrono::steady_clock::now() + 24h);
}
