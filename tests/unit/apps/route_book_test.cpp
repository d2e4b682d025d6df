#include "direct/route_book.hpp"

#include <doctest/doctest.h>

using namespace postrider;
using namespace std::chrono_literals;

namespace {

using app::route_book;

constexpr route_book::time_point start{};

app::direct_route to_host(std::string host) {
    app::direct_route route;
    route.plan.hops.emplace_back();
    route.plan.hops.back().host = std::move(host);
    return route;
}

app::direct_route to_nowhere(delivery::dead_end why) {
    app::direct_route route;
    route.plan.dead_end = why;
    return route;
}

std::string host_in(std::optional<app::direct_route> const& found) {
    return found && !found->plan.hops.empty() ? found->plan.hops[0].host : std::string();
}

}  // namespace

TEST_CASE("a way is known until its time is over, and then asked for again") {
    route_book book;
    book.keep("example.org", to_host("mx.example.org"), start);
    CHECK(host_in(book.find("example.org", start + limits::direct_route_time - 1s)) == "mx.example.org");
    CHECK_FALSE(book.find("example.org", start + limits::direct_route_time));
    CHECK_FALSE(book.find("example.net", start));
    book.keep("example.org", to_host("new.example.org"), start + limits::direct_route_time);
    CHECK(host_in(book.find("example.org", start + limits::direct_route_time)) == "new.example.org");
    CHECK(book.size() == 1);
}

TEST_CASE("a dead end is believed for moments, whatever it comes from") {
    using enum delivery::dead_end;
    for (auto const why : {takes_no_mail, no_server, dns_failure, mta_sts}) {
        route_book book;
        book.keep("example.org", to_nowhere(why), start);
        CHECK(book.find("example.org", start + limits::direct_dead_end_time - 1s));
        CHECK_FALSE(book.find("example.org", start + limits::direct_dead_end_time));
    }
}

TEST_CASE("the book has an end: what is over goes first, then the oldest") {
    route_book book(3);
    book.keep("a.example", to_host("a"), start);
    book.keep("b.example", to_nowhere(delivery::dead_end::dns_failure), start + 1s);
    book.keep("c.example", to_host("c"), start + 2s);
    auto const later = start + 60s;
    book.keep("d.example", to_host("d"), later);
    CHECK(book.size() == 3);
    CHECK(book.find("a.example", later));
    CHECK_FALSE(book.find("b.example", start + 2s));
    book.keep("e.example", to_host("e"), later);
    CHECK(book.size() == 3);
    CHECK_FALSE(book.find("a.example", later));
    book.keep("c.example", to_host("moved"), later);
    CHECK(book.size() == 3);
    CHECK(host_in(book.find("c.example", later)) == "moved");
    CHECK(book.find("d.example", later));
}
