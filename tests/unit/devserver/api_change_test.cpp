#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "api_server.hpp"

/// What the API changes.

using namespace postrider;
using namespace postrider::devserver;
namespace json = boost::json;

TEST_CASE("messages are deleted one by one or all at once, and it is told") {
    server one;
    std::vector<change> told;
    feed::subscription listening(one.changes, [&](change const& news) { told.push_back(news); });
    auto id = one.add(sample);
    one.add(sample);
    CHECK(one.status("DELETE", "/api/v1/messages/" + id) == 200);
    CHECK(one.status("DELETE", "/api/v1/messages/" + id) == 404);
    CHECK(json::parse(one.get("messages").body).at("total") == 1);
    CHECK(one.status("DELETE", "/api/v1/messages") == 200);
    CHECK(json::parse(one.get("messages").body).at("total") == 0);
    REQUIRE(told.size() == 2);
    CHECK(to_event(told[0]) == "event: removed\ndata: {\"id\":\"" + id + "\"}\n\n");
    CHECK(to_event(told[1]) == "event: cleared\ndata: {}\n\n");
}

TEST_CASE("what a discarded message kept is its header") {
    server one;
    new_message fresh;
    fresh.octets = "Subject: big\r\n\r\n";
    fresh.size = 1'000'000'000;
    fresh.discarded = true;
    auto id = one.messages.add(fresh).id;
    CHECK(one.get("messages/" + id + "/raw").status == 410);
    CHECK(one.get("messages/" + id + "/html").status == 410);
    auto message = json::parse(one.get("messages/" + id).body);
    CHECK(message.at("size") == 1'000'000'000);
    CHECK(message.at("headers").as_array()[0].at("value") == "big");
}

TEST_CASE("looking marks a message read and says so, peeking does not") {
    server one;
    auto const id = one.add(sample);
    std::vector<std::string> told;
    feed::subscription listening(one.changes, [&](change const& news) { told.push_back(to_event(news)); });
    CHECK(json::parse(one.get("messages/" + id + "?peek=1").body).at("unread") == true);
    CHECK(std::get<http_response>(one.ask("HEAD", "/api/v1/messages/" + id)).status == 200);
    CHECK(told.empty());
    CHECK(json::parse(one.get("messages/" + id).body).at("unread") == false);
    one.get("messages/" + id);
    REQUIRE(told.size() == 1);
    CHECK(told[0].starts_with("event: changed\ndata: {\"id\":\"" + id));
    CHECK(json::parse(one.get("messages").body).at("unread") == 0);
}

TEST_CASE("a message is marked and tagged, and a list of tags counts them") {
    server one;
    auto const id = one.add(sample);
    auto const changed = one.change("PATCH", "messages/" + id, R"({"unread":false,"tags":["b","测试","b"]})");
    CHECK(changed.status == 200);
    auto const summary = json::parse(changed.body);
    CHECK(summary.at("unread") == false);
    CHECK(summary.at("tags") == json::array{"b", "测试"});
    CHECK(json::parse(one.get("tags").body) ==
          json::array{json::object{{"tag", "b"}, {"count", 1}}, json::object{{"tag", "测试"}, {"count", 1}}});
    CHECK(json::parse(one.change("PATCH", "messages/" + id, "{}").body).at("tags").as_array().size() == 2);
    CHECK(json::parse(one.change("PATCH", "messages/" + id, R"({"tags":[]})").body).at("tags") == json::array());
    CHECK(one.change("PATCH", "messages/nobody", R"({"unread":true})").status == 404);
}

TEST_CASE("messages are marked and tagged together: by their ids, by a query, by their inbox") {
    server one;
    auto const first = one.add(sample, "first"), second = one.add(sample, "second");
    auto const ids = R"({"ids":[")" + first + R"(","nobody"],"unread":false,"add_tags":["a","b"]})";
    CHECK(json::parse(one.change("PATCH", "messages", ids).body) == json::object{{"changed", 1}});
    CHECK(json::parse(one.change("PATCH", "messages", ids).body) == json::object{{"changed", 0}});
    CHECK(json::parse(one.change("PATCH", "messages", R"({"query":"tag:a","remove_tags":["a"]})").body) ==
          json::object{{"changed", 1}});
    CHECK(json::parse(one.change("PATCH", "messages", R"({"inbox":"","add_tags":["c"]})").body) ==
          json::object{{"changed", 2}});
    CHECK(json::parse(one.get("messages/" + first).body).at("tags") == json::array{"b", "c"});
    CHECK(json::parse(one.get("messages/" + second).body).at("tags") == json::array{"c"});
}

TEST_CASE("messages go by query or by inbox, and what goes is told") {
    server one;
    auto const first = one.add(sample, "first"), second = one.add(sample, "second");
    std::vector<std::string> told;
    feed::subscription listening(one.changes, [&](change const& news) { told.push_back(to_event(news)); });
    CHECK(one.change("DELETE", "messages?query=subject:nowhere").status == 200);
    CHECK(one.messages.count().total == 2);
    CHECK(one.change("DELETE", "messages?inbox=team-a").status == 200);
    CHECK(one.messages.count().total == 2);
    message_change mark;
    mark.unread = false;
    one.messages.change(one.messages.places_of({&first, 1}), mark);
    CHECK(one.change("DELETE", "messages?query=is:read").status == 200);
    CHECK(told == std::vector<std::string>{"event: removed\ndata: {\"id\":\"" + first + "\"}\n\n"});
    CHECK(one.messages.find(second));
    CHECK(one.change("DELETE", "messages?query=from:").status == 400);
    CHECK(one.messages.count().total == 1);
}
