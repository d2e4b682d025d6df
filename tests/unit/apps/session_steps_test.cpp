#include "check/session_steps.hpp"

#include <doctest/doctest.h>

using namespace postrider::app;
using namespace std::chrono_literals;
using enum postrider::trace_side;

TEST_CASE("a dialogue is cut into steps with their times") {
    std::chrono::steady_clock::time_point now{};
    step_clock steps(nullptr, [&] { return now; });
    auto const say = [&](std::chrono::milliseconds after, postrider::trace_side who, char const* line) {
        now += after;
        steps.line(who, line);
    };
    say(5ms, server, "220 mx ready");
    say(0ms, client, "EHLO me");
    say(2ms, server, "250-mx");
    say(1ms, server, "250 STARTTLS");
    say(0ms, client, "STARTTLS");
    say(4ms, server, "220 go ahead");
    say(20ms, client, "EHLO me");
    say(1ms, server, "250 AUTH LOGIN");
    say(0ms, client, "AUTH LOGIN");
    say(1ms, server, "334 VXNlcm5hbWU6");
    say(0ms, client, "***");
    say(6ms, server, "235 welcome");

    REQUIRE(steps.steps().size() == 6);
    auto const is = [&](std::size_t i, char const* name, double ms, char const* said) {
        CHECK(steps.steps()[i].name == name);
        CHECK(steps.steps()[i].took.count() == doctest::Approx(ms));
        CHECK(steps.steps()[i].said == said);
    };
    is(0, "connect", 5, "220 mx ready");
    is(1, "EHLO", 3, "250 STARTTLS");
    is(2, "STARTTLS", 4, "220 go ahead");
    is(3, "TLS", 20, "");
    is(4, "EHLO", 1, "250 AUTH LOGIN");
    is(5, "AUTH", 7, "235 welcome");
}
