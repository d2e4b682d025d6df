#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "api/api.hpp"
#include "fixed_host.hpp"

using namespace postrider;
using namespace postrider::devserver;
namespace json = boost::json;

namespace {

struct server {
    fixed_host machine;
    store messages{"", {}, machine};
    feed changes;
    lint::outside outside;
    site at{messages, changes, "127.0.0.1"};
    std::string id;

    server() {
        at.outside = &outside;
        new_message fresh;
        fresh.from = "bounce@other.example";
        fresh.to = {"you@example.net"};
        fresh.octets =
            "From: me@example.com\r\nSubject: s\r\nContent-Type: text/html\r\n\r\n<a href='https://example.com/'>a</a>";
        id = messages.add(fresh).id;
    }

    http_response ask(std::string method, std::string query = {}) {
        http_request request;
        request.method = std::move(method);
        request.target = "/api/v1/messages/" + id + "/checks" + query;
        request.host = "localhost:8025";
        auto told = respond(request, at);
        auto* slow = std::get_if<slow_work>(&told);
        return slow ? slow->run() : std::get<http_response>(told);
    }

    /// The level of one check; empty where it was not made.
    std::string level(std::string const& of, std::string query = {}) {
        auto const told = json::parse(ask("GET", std::move(query)).body);
        for (auto const& one : told.at("checks").as_array())
            if (std::string_view(one.at("id").as_string()) == of) return std::string(one.at("level").as_string());
        return {};
    }
};

}  // namespace

TEST_CASE("a message is checked with the envelope that it came in") {
    server one;
    CHECK(one.level("align-envelope-relaxed") == "warning");
    CHECK(one.level("date-present") == "error");
    CHECK(json::parse(one.ask("GET").body).at("clients").as_array().size() > 30);
    CHECK(one.ask("GET").content_type.starts_with("application/json"));
}

TEST_CASE("lookups happen where they are allowed and asked for, and not otherwise") {
    server one;
    CHECK(json::parse(one.ask("GET").body).at("lookups") == json::value{{"dns", "off"}, {"links", "off"}});
    CHECK(one.ask("GET", "?dns=1").status == 403);
    CHECK(one.ask("GET", "?links=1").status == 403);
    int dns = 0, links = 0;
    one.outside.texts = [&](std::string const&) -> result<std::vector<std::string>> {
        ++dns;
        return std::vector<std::string>();
    };
    one.outside.links = [&](std::vector<std::string> const& urls) {
        ++links;
        return std::vector<lint::link_answer>{{urls.at(0), 500, 0, urls.at(0), {}}};
    };
    auto const told = [&](std::string query) {
        return json::parse(one.ask("GET", std::move(query)).body).at("lookups");
    };
    CHECK(told("") == json::value{{"dns", "allowed"}, {"links", "allowed"}});
    CHECK(told("?dns=1") == json::value{{"dns", "asked"}, {"links", "allowed"}});
    dns = 0;
    CHECK(one.level("link-reachable").empty());
    CHECK(dns + links == 0);
    CHECK(one.level("link-reachable", "?links=1") == "error");
    CHECK(dns == 0);
    CHECK(one.level("dmarc-policy", "?dns=1") == "warning");
    CHECK(links == 1);
}

TEST_CASE("a header beyond ASCII is fine where SMTPUTF8 was announced") {
    server one;
    new_message fresh;
    fresh.from = "me@example.com";
    fresh.octets = "From: me@example.com\r\nSubject: gr\xC3\xBC\xC3\x9F\r\n\r\na\r\n";
    one.id = one.messages.add(fresh).id;
    CHECK(one.level("header-8bit") == "error");
    fresh.transcript = {{one.machine.time, trace_side::client, "MAIL FROM:<me@example.com> smtputf8"}};
    one.id = one.messages.add(fresh).id;
    CHECK(one.level("header-8bit") == "pass");
}

TEST_CASE("checks are for reading, of messages that are there") {
    server one;
    CHECK(one.ask("POST").status != 200);
    one.id = "none";
    CHECK(one.ask("GET").status == 404);
}
