#include <boost/json.hpp>
#include <postrider/core/limits.hpp>

#include "body.hpp"
#include "faults/reader.hpp"
#include "faults_help.hpp"

/// The faults on demand: which are in force, more of them, fewer.
namespace postrider::devserver {
namespace {

boost::json::object to_json(fault_book::entry const& entry) {
    boost::json::value left = nullptr;
    if (auto const count = entry.left()) left = *count;
    return {{"id", entry.id}, {"rule", entry.rule.text}, {"met", entry.met}, {"left", std::move(left)}};
}

http_response list(fault_book const& book) {
    boost::json::array rules;
    for (auto const& entry : book.entries()) rules.push_back(to_json(entry));
    return json_response({{"seed", book.seed()}, {"rules", std::move(rules)}});
}

http_response add(api_context const& asked, fault_book& book) {
    auto const body = body_of(asked.request, {"rule"});
    if (auto const* refused = std::get_if<http_response>(&body)) return *refused;
    auto const text = text_in(std::get<boost::json::object>(body), "rule");
    if (!text) return error_response("fault-no-rule");
    if (book.entries().size() >= limits::fault_rules) return error_response("too-many-rules");
    complaint why;
    auto rule = read_fault_rule(*text, why);
    if (!rule) return error_response(why);
    auto const& added = book.add(*std::move(rule));
    asked.at.changes.publish({change::faults, {}});
    return json_response(to_json(added), 201);
}

http_response clear(api_context const& asked, fault_book& book) {
    book.clear();
    asked.at.changes.publish({change::faults, {}});
    return json_response(boost::json::object());
}

http_response remove(api_context const& asked, fault_book& book, std::string const& id) {
    if (!book.remove(id)) return error_response("no-such-rule");
    asked.at.changes.publish({change::faults, {}});
    return json_response(boost::json::object());
}

http_response all_rules(api_context const& asked, fault_book& book) {
    auto const& method = asked.request.method;
    if (method == "POST") return add(asked, book);
    if (method == "DELETE") return clear(asked, book);
    return is_get(asked.request) ? list(book) : only("GET, HEAD, POST, DELETE");
}

http_response one_rule(api_context const& asked, fault_book& book, std::string const& id) {
    if (id == "help") return is_get(asked.request) ? faults_help() : only("GET, HEAD");
    return asked.request.method == "DELETE" ? remove(asked, book, id) : only("DELETE");
}

}  // namespace

api_answer faults_api(api_context const& asked) {
    if (asked.segment(0) != "faults" || asked.depth() > 2 || !asked.at.faults) return std::nullopt;
    auto& book = *asked.at.faults;
    return asked.depth() == 1 ? all_rules(asked, book) : one_rule(asked, book, asked.segment(1));
}

}  // namespace postrider::devserver
