#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "api_server.hpp"

/// What the API keeps strangers, other sites' pages and mail itself from doing.

using namespace postrider;
using namespace postrider::devserver;
namespace json = boost::json;

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
