#include "api/openapi.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "api/api.hpp"

using namespace postrider;
using namespace postrider::devserver;
namespace json = boost::json;

namespace {

std::string with(std::string path, std::string_view name, std::string const& value) {
    if (auto at = path.find(name); at != path.npos) path.replace(at, name.size(), value);
    return path;
}

struct asked_site {
    store messages{"", {}};
    feed changes;
    fault_book book{1};
    site at{messages, changes, "127.0.0.1", nullptr, nullptr, nullptr, &book, "t", {}, {}};

    int status(std::string method, std::string target) {
        http_request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.host = "localhost";
        request.token = "t";
        auto answer = respond(request, at);
        auto* response = std::get_if<http_response>(&answer);
        return response ? response->status : 200;
    }
};

std::string upper(std::string_view method) {
    std::string name(method);
    for (char& c : name) c = static_cast<char>(c - 'a' + 'A');
    return name;
}

json::object api_document() {
    return json::parse(openapi_description()).as_object();
}

}  // namespace

TEST_CASE("every path and method of the API's description is answered") {
    auto const described = api_document();
    std::size_t operations = 0;
    for (auto const& [path, methods] : described.at("paths").as_object())
        for (auto const& [method, operation] : methods.as_object()) {
            asked_site one;
            new_message fresh;
            fresh.octets = "Content-Type: text/html\r\n\r\n<p>hi";
            auto const id = one.messages.add(fresh).id;
            auto const rule = one.book.add({}).id;
            bool const of_rule = path.starts_with("/faults");
            auto const target = with(with("/api/v1" + std::string(path), "{id}", of_rule ? rule : id), "{number}", "0");
            INFO(method << " " << target);
            auto const status = one.status(upper(method), target);
            CHECK(status != 404);
            CHECK(status != 405);
            CHECK(operation.at("responses").as_object().contains(std::to_string(status)));
            ++operations;
        }
    CHECK(operations >= 18);
}

TEST_CASE("every resource that is answered stands in the API's description") {
    std::set<std::string> described, answered;
    auto const document = api_document();
    for (auto const& member : document.at("paths").as_object()) described.emplace(member.key());
    for (auto resource : api_resources()) answered.emplace(resource);
    CHECK(described == answered);
}

TEST_CASE("every reference of the API's description leads somewhere, and every name of an operation is one") {
    auto const described = api_document();
    auto const& schemas = described.at("components").at("schemas").as_object();
    std::string_view text = openapi_description();
    constexpr std::string_view reference = "#/components/schemas/";
    for (auto at = text.find(reference); at != text.npos; at = text.find(reference, at + 1)) {
        auto const name = text.substr(at + reference.size(), text.find('"', at) - at - reference.size());
        CHECK(schemas.contains(name));
    }
    std::set<std::string> names;
    for (auto const& [path, methods] : described.at("paths").as_object())
        for (auto const& [method, operation] : methods.as_object())
            CHECK(names.emplace(operation.at("operationId").as_string()).second);
    CHECK(described.at("openapi") == "3.1.0");
}

TEST_CASE("every error that can be told stands in the API's description with its sentence, and no other") {
    std::map<std::string, std::string> described, told;
    auto const document = api_document();
    auto const& error = document.at("components").at("schemas").at("Error").at("properties");
    for (auto const& one : error.at("code").at("oneOf").as_array())
        described.emplace(one.at("const").as_string(), one.at("description").as_string());
    for (auto const& one : problem_table) CHECK(told.emplace(one.code, one.says).second);
    CHECK(described == told);
}

TEST_CASE("an error says what is wrong for people, and by code and values for programs") {
    auto const told = json::parse(error_response("search-no-word", {{"at", "4"}, {"name", "{at}"}}).body);
    CHECK(told == json::value{{"error", "at character 4: {at}: wants a word behind it"},
                              {"code", "search-no-word"},
                              {"args", {{"at", "4"}, {"name", "{at}"}}}});
    CHECK(error_response("fault-no-rule").body.find(R"({\"rule\": \"STAGE=ACTION\"})") != std::string::npos);
    CHECK(error_response("header-only").status == 410);
}
