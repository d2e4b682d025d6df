#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "api/api.hpp"
#include "fixed_host.hpp"

/// What the tests of the API share.

namespace postrider::devserver {

inline constexpr std::string_view picture = "\x89PNG\r\n\x1a\n and so on";

/// A message with a text, an HTML part that shows a picture by its cid, and an attachment.
inline std::string const sample =
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

/// The API over a store in memory, without a socket; its clock stands still.
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

inline std::string field(http_response const& response, std::string_view name) {
    for (auto const& [key, value] : response.fields)
        if (key == name) return value;
    return {};
}

}  // namespace postrider::devserver
