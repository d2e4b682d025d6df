#include "api.hpp"

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
    store messages{"", 0, machine};
    feed changes;
    site at{messages, changes, "127.0.0.1"};

    std::string add(std::string octets, std::string subject = "s", std::string to = "you@example.net") {
        new_message fresh;
        fresh.from = "me@example.com";
        fresh.to = {std::move(to)};
        fresh.subject = std::move(subject);
        fresh.size = octets.size();
        fresh.octets = std::move(octets);
        fresh.transcript = {{machine.time, trace_side::server, "220 hi"},
                            {machine.time, trace_side::client, "EHLO <b>"}};
        return messages.add(fresh).id;
    }

    answer ask(std::string method, std::string target, std::optional<std::string> origin = {}) {
        http_request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.host = "localhost:8025";
        request.origin = std::move(origin);
        return respond(request, at);
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
    for (auto method : {"POST", "PUT", "PATCH", "OPTIONS", "BREW"}) {
        CHECK((method == "POST"sv || one.status(method, "/api/v1/messages") == 405));
        CHECK(one.status(method, "/api/v1/messages/" + id) == 405);
        CHECK(one.status(method, "/") == 405);
    }
    CHECK(one.status("DELETE", "/api/v1/events") == 405);
    CHECK(one.status("DELETE", "/api/v1/messages/" + id + "/raw") == 405);
    CHECK(field(std::get<http_response>(one.ask("PUT", "/api/v1/messages")), "Allow") == "GET, HEAD, DELETE, POST");
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
    CHECK(one.messages.list(1, 0, "").total == 1);
    CHECK(std::get<http_response>(one.ask("DELETE", "/api/v1/messages", "http://localhost:8025")).status == 200);
}

TEST_CASE("hazard 182: an HTML part is shown where nothing of it can run or call out") {
    server one;
    auto id = one.add(sample);
    auto response = one.get("messages/" + id + "/html");
    CHECK(response.content_type == "text/html; charset=utf-8");
    auto policy = field(response, "Content-Security-Policy");
    CHECK(policy.starts_with("sandbox; default-src 'none'; "));
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
