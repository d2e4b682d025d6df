#include "api/api.hpp"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "api_server.hpp"

/// What the API shows.

using namespace postrider;
using namespace postrider::devserver;
namespace json = boost::json;

TEST_CASE("an mbox is searched for and read on another thread than the server's") {
    server one;
    one.add(sample, "first");
    auto const given = one.ask("GET", "/api/v1/messages.mbox?query=from:me");
    auto const* slow = std::get_if<slow_stream>(&given);
    REQUIRE(slow);
    one.messages.clear();  // what is not there when the search is made is not in the answer
    one.add(sample, "first of all");
    auto const found = slow->run();
    auto const& mbox = std::get<octet_stream>(found);
    CHECK(mbox.head.content_type == "application/mbox");
    CHECK(mbox.next().starts_with("From me@example.com "));
    CHECK(mbox.next().empty());
    CHECK(one.status("GET", "/api/v1/messages.mbox?query=larger:huge") == 400);
}

TEST_CASE("messages are listed with their envelope, newest first") {
    server one;
    one.add(sample, "first");
    auto id = one.add(sample, "second", "alice@example.org");
    auto list = json::parse(one.get("messages").body).as_object();
    CHECK(list["total"] == 2);
    auto& newest = list["messages"].as_array()[0].as_object();
    CHECK(newest["id"] == json::value(id));
    CHECK(newest["from"] == "me@example.com");
    CHECK(newest["to"] == json::array{"alice@example.org"});
    CHECK(newest["subject"] == "second");
    CHECK(newest["received"] == "2026-03-01T12:34:56.000Z");
    CHECK(newest["size"] == sample.size());
    CHECK(newest["unread"] == true);
    CHECK(json::parse(one.get("messages?query=alice").body).at("total") == 1);
    CHECK(json::parse(one.get("messages?limit=1&offset=1").body).at("messages").as_array()[0].at("subject") == "first");
}

TEST_CASE("a list's numbers are numbers") {
    server one;
    for (auto bad :
         {"messages?limit=x", "messages?limit=-1", "messages?offset=1.5", "messages?limit=99999999999999999999"})
        CHECK(one.get(bad).status == 400);
    CHECK(one.get("messages?query=" + std::string(1001, 'x')).status == 400);
    CHECK(one.get("messages?limit=18446744073709551615&offset=18446744073709551615").status == 200);
}

TEST_CASE("a message is shown with its parts, and then is read") {
    server one;
    auto id = one.add(sample);
    auto message = json::parse(one.get("messages/" + id).body).as_object();
    CHECK(message["id"] == json::value(id));
    CHECK(message["size"] == sample.size());
    CHECK(message["content_type"] == "multipart/mixed");
    CHECK(message["headers"].as_array()[2].at("value") == "测试");
    CHECK(message["parts"].as_array()[0].at("text") == "hello");
    CHECK(json::parse(one.get("messages/" + id).body).at("unread") == false);
}

TEST_CASE("raw octets come back as they were") {
    server one;
    auto octets = sample + std::string("\0\xff\n.\r\n", 6);
    auto response = one.get("messages/" + one.add(octets) + "/raw");
    CHECK(response.body == octets);
    CHECK(response.content_type == "message/rfc822");
    CHECK(field(response, "Content-Security-Policy").starts_with("sandbox"));
}

TEST_CASE("a transcript tells who said what, and when") {
    server one;
    auto lines = json::parse(one.get("messages/" + one.add(sample) + "/transcript").body).as_array();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == json::object{{"at", "2026-03-01T12:34:56.000Z"}, {"from", "server"}, {"line", "220 hi"}});
    CHECK(lines[1].at("from") == "client");
}

TEST_CASE("waiting and events are left to the session") {
    server one;
    auto wait = std::get<wait_for_message>(one.ask("GET", "/api/v1/wait?to=a@b&subject=hi%20there&timeout=3"));
    CHECK(wait.to == "a@b");
    CHECK(wait.subject == "hi there");
    CHECK(wait.timeout == std::chrono::seconds(3));
    CHECK(std::get<wait_for_message>(one.ask("GET", "/api/v1/wait")).timeout == std::chrono::seconds(10));
    CHECK(std::holds_alternative<event_stream>(one.ask("GET", "/api/v1/events")));
    for (auto bad : {"wait?timeout=x", "wait?timeout=301", "wait?timeout=-1"}) CHECK(one.get(bad).status == 400);
}

TEST_CASE("what is not there is 404, and what cannot be done to it 405") {
    server one;
    auto id = one.add(sample);
    for (auto missing : {"/api/v1/messages/nobody", "/api/v1/messages/", "/api/v1/x", "/api/v2/messages", "/x", "/api",
                         "/api/v1/wait/x", "/main.js/x"}) {
        INFO(missing);
        CHECK(one.status("GET", missing) == 404);
    }
    CHECK(one.status("GET", "/api/v1/messages/" + id + "/x") == 404);
    CHECK(one.status("GET", "/api/v1/messages/" + id + "/parts/99") == 404);
    CHECK(one.status("GET", "/api/v1/messages/" + id + "/parts/x") == 404);
    CHECK(one.status("GET", "/api/v1/messages/" + id + "/html?part=1") == 404);
    CHECK(one.status("POST", "/api/v1/messages") == 415);
    for (auto method : {"PUT", "OPTIONS", "BREW"}) {
        CHECK(one.status(method, "/api/v1/messages") == 405);
        CHECK(one.status(method, "/api/v1/messages/" + id) == 405);
        CHECK(one.status(method, "/") == 405);
    }
    CHECK(one.status("DELETE", "/api/v1/events") == 405);
    CHECK(one.status("DELETE", "/api/v1/messages/" + id + "/raw") == 405);
    CHECK(field(std::get<http_response>(one.ask("PUT", "/api/v1/messages")), "Allow") ==
          "GET, HEAD, PATCH, DELETE, POST");
    CHECK(one.status("GET", "/%zz") == 400);
    CHECK(json::parse(one.get("x").body).at("error").is_string());
}

TEST_CASE("status tells what there is") {
    server one;
    one.add(sample);
    one.at.facts.smtp = "127.0.0.1:1025";
    one.at.facts.keep = 10;
    one.at.accepted = [] { return std::uint64_t{7}; };
    auto const status = json::parse(one.get("status").body);
    CHECK(status.at("smtp") == "127.0.0.1:1025");
    CHECK(status.at("smtps").is_null());
    CHECK(status.at("store").is_null());
    CHECK(status.at("total") == 1);
    CHECK(status.at("unread") == 1);
    CHECK(status.at("accepted") == 7);
    CHECK(status.at("faults") == 0);
}

TEST_CASE("a summary tells attachments and the beginning of the text") {
    server one;
    one.add(sample);
    auto const list = json::parse(one.get("messages").body);
    auto const& summary = list.at("messages").as_array()[0];
    CHECK(summary.at("attachments") == 1);
    CHECK(summary.at("preview").as_string().starts_with("hello"));
    CHECK(summary.at("inbox") == "");
    CHECK(summary.at("tags") == json::array());
}

TEST_CASE("inboxes are listed with those that are still empty, and each has a list of its own") {
    server one;
    one.at.facts.inboxes = {"team-a", "team-b"};
    new_message fresh;
    fresh.inbox = "team-a";
    one.messages.add(fresh);
    one.add(sample);
    CHECK(json::parse(one.get("inboxes").body) ==
          json::array{json::object{{"name", ""}, {"total", 1}, {"unread", 1}},
                      json::object{{"name", "team-a"}, {"total", 1}, {"unread", 1}},
                      json::object{{"name", "team-b"}, {"total", 0}, {"unread", 0}}});
    CHECK(json::parse(one.get("messages").body).at("total") == 2);
    CHECK(json::parse(one.get("messages?inbox=").body).at("total") == 1);
    CHECK(json::parse(one.get("messages?inbox=team-a").body).at("total") == 1);
    CHECK(json::parse(one.get("messages?inbox=team-b").body).at("total") == 0);
}

TEST_CASE("a search that makes no sense is refused with the place in it") {
    server one;
    for (auto path : {"messages", "wait", "messages.mbox"}) {
        auto const refused = one.get(std::string(path) + "?query=hi%20colour:red");
        CHECK(refused.status == 400);
        CHECK(json::parse(refused.body).at("error").as_string().starts_with("query, at character 4: "));
    }
}
