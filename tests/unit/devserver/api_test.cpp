#include "api/api.hpp"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "fixed_host.hpp"

using namespace postrider;
using namespace postrider::devserver;
namespace json = boost::json;
using namespace std::string_view_literals;

namespace {

constexpr std::string_view picture = "\x89PNG\r\n\x1a\n and so on";

// A message with a text, an HTML part that shows a picture by its cid, and an attachment.
std::string const sample =
    "From: me@example.com\r\nTo: you@example.net\r\nSubject: =?utf-8?B?5rWL6K+V?=\r\n"
    "Date: Sun, 1 Mar 2026 12:34:56 +0000\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=m\r\n\r\n"
    "--m\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n"
    "--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n"
    "--r\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<script>alert(1)</script><img src=\"cid:pic@x\"><img src='CID:pic%40x'><img src=cid:other>\r\n"
    "--r\r\nContent-Type: image/png\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "iVBORw0KGgogYW5kIHNvIG9u\r\n--r--\r\n"
    "--m\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=\"../../evil.html\"\r\n\r\n"
    "<b>attached</b>\r\n--m--\r\n";

struct server {
    fixed_host machine;
    store messages{"", {}, machine};
    feed changes;
    site at{messages, changes, "127.0.0.1", nullptr, nullptr, nullptr, nullptr, "secret", {}, {}};

    std::string add(std::string octets, std::string subject = {}, std::string to = "you@example.net") {
        new_message fresh;
        fresh.from = "me@example.com";
        fresh.to = {std::move(to)};
        fresh.size = octets.size();
        fresh.octets = std::move(octets);
        fresh.describe_itself();
        if (!subject.empty()) fresh.described.subject = std::move(subject);
        fresh.transcript = {{machine.time, trace_side::server, "220 hi"},
                            {machine.time, trace_side::client, "EHLO <b>"}};
        return messages.add(fresh).id;
    }

    answer ask(std::string method, std::string target, std::optional<std::string> origin = {}, std::string body = {}) {
        http_request request;
        request.token = at.token;
        request.content_type = "application/json";
        request.body = std::move(body);
        request.method = std::move(method);
        request.target = std::move(target);
        request.host = "localhost:8025";
        request.origin = std::move(origin);
        return at_once(respond(request, at));
    }
    static answer at_once(answer given) {
        auto* slow = std::get_if<slow_work>(&given);
        if (!slow) return given;
        auto response = slow->run();
        if (slow->then) slow->then();
        return response;
    }
    http_response change(std::string method, std::string target, std::string body = {}) {
        return std::get<http_response>(ask(std::move(method), "/api/v1/" + std::move(target), {}, std::move(body)));
    }
    http_response get(std::string target) {
        return std::get<http_response>(ask("GET", "/api/v1/" + std::move(target)));
    }
    int status(std::string method, std::string target) {
        return std::get<http_response>(ask(std::move(method), std::move(target))).status;
    }
};

std::string field(http_response const& response, std::string_view name) {
    for (auto const& [key, value] : response.fields)
        if (key == name) return value;
    return {};
}

}  // namespace

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

TEST_CASE("hazard 188: a request under a stranger's name is misdirected") {
    server one;
    http_request request;
    request.method = "GET";
    request.target = "/api/v1/messages";
    request.host = "rebound.example:8025";
    CHECK(std::get<http_response>(respond(request, one.at)).status == 421);
}

TEST_CASE("hazards 187, 189: another site's page neither reads events nor deletes") {
    server one;
    one.add(sample);
    CHECK(std::get<http_response>(one.ask("DELETE", "/api/v1/messages", "http://evil.example")).status == 403);
    CHECK(std::get<http_response>(one.ask("GET", "/api/v1/events", "http://evil.example")).status == 403);
    CHECK(one.messages.list(1, 0).total == 1);
    CHECK(std::get<http_response>(one.ask("DELETE", "/api/v1/messages", "http://localhost:8025")).status == 200);
}

TEST_CASE("hazard 182: an HTML part is shown where nothing of it can run or call out") {
    server one;
    auto id = one.add(sample);
    auto response = one.get("messages/" + id + "/html");
    CHECK(response.content_type == "text/html; charset=utf-8");
    auto policy = field(response, "Content-Security-Policy");
    CHECK(policy.starts_with("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "));
    CHECK(policy.find("script") == std::string::npos);
    CHECK(policy.find("img-src data: http://localhost:8025/api/v1/messages/" + id + "/parts/;") != std::string::npos);
    CHECK(policy.find("form-action 'none'; base-uri 'none'; frame-ancestors 'self'") != std::string::npos);
}

TEST_CASE("a cid leads to the part it names, and any other stays as it is") {
    server one;
    auto id = one.add(sample);
    auto body = one.get("messages/" + id + "/html").body;
    auto path = "/api/v1/messages/" + id + "/parts/4";
    CHECK(body.find("<img src=\"" + path + "\">") != std::string::npos);
    CHECK(body.find("<img src='" + path + "'>") != std::string::npos);
    CHECK(body.find("<img src=cid:other>") != std::string::npos);
    auto part = one.get("messages/" + id + "/parts/4");
    CHECK(part.body == picture);
    CHECK(part.content_type == "image/png");
}

TEST_CASE("the sandboxed frame, which has no origin, may ask for its images and for nothing else") {
    server one;
    auto message = "/api/v1/messages/" + one.add(sample);
    auto status_for = [&](std::string method, std::string target, std::string origin) {
        return std::get<http_response>(one.ask(std::move(method), std::move(target), std::move(origin))).status;
    };
    CHECK(status_for("GET", message + "/parts/4", "null") == 200);
    CHECK(status_for("GET", message + "/parts/4", "http://evil.example") == 403);
    CHECK(status_for("GET", message + "/raw", "null") == 403);
    CHECK(status_for("GET", message, "null") == 403);
    CHECK(status_for("DELETE", message, "null") == 403);
    CHECK(status_for("GET", "/api/v1/events", "null") == 403);
}

TEST_CASE("hazard 185: each HTML part is a document of its own") {
    server one;
    auto id = one.add(sample);
    CHECK(one.get("messages/" + id + "/html").body.find("attached") == std::string::npos);
    CHECK(one.get("messages/" + id + "/html?part=5").body == "<b>attached</b>");
}

TEST_CASE("hazard 193: an attachment is a download of no type that runs") {
    server one;
    auto id = one.add(sample);
    auto part = one.get("messages/" + id + "/parts/5");
    CHECK(part.content_type == "application/octet-stream");
    CHECK(field(part, "Content-Disposition") == "attachment; filename=\"evil.html\"; filename*=UTF-8''evil.html");
    CHECK(field(part, "Content-Security-Policy") == "sandbox; default-src 'none'");
    auto svg = one.add("Content-Type: image/svg+xml\r\n\r\n<svg/>");
    CHECK(one.get("messages/" + svg + "/parts/0").content_type == "application/octet-stream");
}

TEST_CASE("hazard 183: markup in a subject is data in JSON and in events") {
    server one;
    caught_message message;
    message.subject = "</script><b>\n\"x\"\u2028";
    auto event = to_event({change::added, message});
    CHECK(std::count(event.begin(), event.end(), '\n') == 3);
    CHECK(json::parse(summary_response(message).body).at("subject") == json::value(message.subject));
}

TEST_CASE("the page and its files are there, and mail is no part of them") {
    server one;
    for (auto [path, type] :
         {std::pair{"/", "text/html"}, {"/page.css", "text/css"}, {"/main.js", "text/javascript"}}) {
        auto response = std::get<http_response>(one.ask("GET", path));
        CHECK(response.status == 200);
        CHECK(response.content_type.starts_with(type));
        CHECK(response.body.find("://") == std::string::npos);
        CHECK(response.body.find("innerHTML") == std::string::npos);
        CHECK(response.body.size() > 300);
    }
}

TEST_CASE("hazard 189: nothing changes without the token, and nothing is told of it to a stranger's page") {
    server one;
    auto const id = one.add(sample);
    for (auto method : {"POST", "PUT", "PATCH", "DELETE"})
        for (auto const& target : {std::string("messages"), "messages/" + id, std::string("status"), std::string("x")})
            for (auto wrong : {"", "secre", "secret ", "SECRET"}) {
                http_request request;
                request.method = method;
                request.target = "/api/v1/" + target;
                request.host = "localhost";
                request.token = wrong;
                auto const refused = std::get<http_response>(respond(request, one.at));
                CHECK(refused.status == 403);
                CHECK(json::parse(refused.body).at("code") == "token");
            }
    CHECK(one.messages.count().total == 1);
    auto const status = one.get("status");
    CHECK(json::parse(status.body).at("token") == "secret");
    for (auto const& [name, value] : status.fields) CHECK(name.find("Access-Control") == name.npos);
}

TEST_CASE("an empty token opens nothing by accident") {
    server one;
    one.at.token = "t";
    http_request request;
    request.method = "DELETE";
    request.target = "/api/v1/messages";
    request.host = "localhost";
    CHECK(std::get<http_response>(respond(request, one.at)).status == 403);
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

TEST_CASE("a body that makes no sense is refused, with what is wrong") {
    server one;
    auto const id = one.add(sample);
    for (auto bad : {"", "x", "[]", "{", R"({"unread":1})", R"({"tags":"a"})", R"({"tags":[1]})", R"({"tags":[""]})",
                     R"({"tags":["a\nb"]})", R"({"colour":true})", R"({"unread":true}{})"}) {
        INFO(bad);
        CHECK(one.change("PATCH", "messages/" + id, bad).status == 400);
    }
    for (auto bad : {"{}", R"({"unread":true})", R"({"ids":[],"query":"x"})", R"({"ids":"x"})",
                     R"({"query":"colour:x"})", R"({"query":1})", R"({"inbox":["a"]})"}) {
        INFO(bad);
        CHECK(one.change("PATCH", "messages", bad).status == 400);
    }
    http_request plain;
    plain.method = "PATCH";
    plain.target = "/api/v1/messages";
    plain.host = "localhost";
    plain.token = one.at.token;
    plain.content_type = "text/plain";
    plain.body = R"({"ids":[],"unread":true})";
    CHECK(std::get<http_response>(respond(plain, one.at)).status == 415);
}

TEST_CASE("hazard 194: a body's nesting, ids and tags are counted") {
    server one;
    auto const id = one.add(sample);
    std::string const deep = R"({"tags":)" + std::string(1000, '[') + std::string(1000, ']') + "}";
    CHECK(one.change("PATCH", "messages/" + id, deep).status == 400);
    std::string ids = R"({"unread":true,"ids":["x")", tags = R"({"tags":["x")";
    for (int i = 0; i < 10'000; ++i) ids += R"(,"x")";
    for (int i = 0; i < 50; ++i) tags += R"(,"x")";
    CHECK(one.change("PATCH", "messages", ids + "]}").status == 400);
    CHECK(one.change("PATCH", "messages/" + id, tags + "]}").status == 400);
    CHECK(one.change("PATCH", "messages/" + id, R"({"tags":[")" + std::string(101, 'x') + "\"]}").status == 400);
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
