#include "connection_race.hpp"

#include <doctest/doctest.h>

#include <postrider/core/limits.hpp>
#include <postrider/proto/step.hpp>

using namespace postrider;
using namespace std::chrono_literals;
using net::connection_race;

namespace {

std::vector<net::socket_address> addresses(std::vector<std::string> const& hosts) {
    std::vector<net::socket_address> all;
    for (auto const& host : hosts) all.push_back(net::addresses_of({host, 25, {}}).value().front());
    return all;
}

constexpr connection_race::time_point start(1h);

}  // namespace

TEST_CASE("families take turns, beginning with the one that the resolver prefers") {
    connection_race race(addresses({"::1", "::2", "::3", "192.0.2.1", "192.0.2.2"}), 0ms);
    std::string order;
    while (auto index = race.next(start)) order += to_string(race.address(*index)) + ' ';
    CHECK(order == "[::1]:25 192.0.2.1:25 [::2]:25 192.0.2.2:25 [::3]:25 ");
    connection_race other(addresses({"192.0.2.1", "192.0.2.2", "::1"}), 0ms);
    for (order.clear(); auto index = other.next(start);) order += to_string(other.address(*index)) + ' ';
    CHECK(order == "192.0.2.1:25 [::1]:25 192.0.2.2:25 ");
}

TEST_CASE("an attempt has the delay for itself, and goes on beside the next one") {
    connection_race race(addresses({"::1", "::2", "::3"}), 250ms);
    CHECK(race.next(start) == 0u);
    CHECK(race.next(start) == std::nullopt);
    CHECK(race.wake() == start + 250ms);
    CHECK(race.next(start + 249ms) == std::nullopt);
    CHECK(race.next(start + 250ms) == 1u);
    CHECK(race.wake() == start + 500ms);
    CHECK(race.next(start + 900ms) == 2u);
    CHECK(race.wake() == std::nullopt);
    CHECK(race.next(start + 9h) == std::nullopt);
    CHECK_FALSE(race.lost());
}

TEST_CASE("the latest attempt's failure lets the next begin at once, an earlier one's does not") {
    connection_race race(addresses({"::1", "::2", "::3"}), 250ms);
    auto const refused = make_error_code(std::errc::connection_refused);
    CHECK(race.next(start) == 0u);
    race.failed(0, refused);
    CHECK(race.next(start) == 1u);
    CHECK(race.next(start + 250ms) == 2u);
    race.failed(1, refused);
    CHECK_FALSE(race.lost());
    race.failed(2, make_error_code(std::errc::network_unreachable));
    CHECK(race.lost());
    CHECK(race.outcome({}) == std::errc::network_unreachable);

    connection_race slow(addresses({"::1", "::2", "::3"}), 250ms);
    CHECK(slow.next(start) == 0u);
    CHECK(slow.next(start + 250ms) == 1u);
    slow.failed(0, refused);
    CHECK(slow.next(start + 260ms) == std::nullopt);
}

TEST_CASE("a race that is lost names each address and why") {
    connection_race race(addresses({"::1", "::2", "::3"}), 250ms);
    CHECK(race.next(start) == 0u);
    CHECK(race.next(start + 250ms) == 1u);
    race.failed(0, make_error_code(std::errc::connection_refused));
    auto const late = make_error_code(io_errc::timed_out);
    CHECK(race.words(late) == "Connection refused ([::1]:25); the deadline passed ([::2]:25); not tried ([::3]:25)");
    CHECK(race.outcome(late) == io_errc::timed_out);
}

TEST_CASE("of a host with very many addresses the first are tried") {
    std::vector<std::string> hosts;
    for (int i = 0; i < 500; ++i) hosts.push_back("192.0.2." + std::to_string(i % 250));
    connection_race race(addresses(hosts), 0ms);
    std::size_t tried = 0;
    while (auto index = race.next(start)) {
        race.failed(*index, make_error_code(std::errc::connection_refused));
        ++tried;
    }
    CHECK(tried == limits::connection_attempts);
    CHECK(race.lost());
}
