#include "json_report.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "terminal/utf8.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

json::value text_or_null(std::string const& text) {
    return text.empty() ? json::value() : json::value(valid_utf8(text));
}

/// code, enhanced and text of what the server said; nulls when it said nothing.
void add_reply(json::object& to, std::optional<smtp::reply> const& said) {
    to["code"] = said ? json::value(said->code) : json::value();
    to["enhanced"] = said && said->enhanced ? json::value(to_string(*said->enhanced)) : json::value();
    to["text"] = said ? json::value(valid_utf8(said->plain_text())) : json::value();
}

json::object to_json(smtp::recipient_report const& recipient) {
    json::object out{{"address", valid_utf8(recipient.address)}};
    add_reply(out, recipient.said);
    if (recipient.what == smtp::outcome::refused) out["transient"] = recipient.is_transient();
    return out;
}

json::array to_json(std::vector<smtp::recipient_report> const& recipients) {
    json::array out;
    for (auto const& recipient : recipients) out.push_back(to_json(recipient));
    return out;
}

json::array addresses(std::vector<smtp::recipient_report> const& recipients) {
    json::array out;
    for (auto const& recipient : recipients) out.push_back(json::string(valid_utf8(recipient.address)));
    return out;
}

json::array to_json(std::vector<domain_outcome> const& domains) {
    json::array out;
    for (auto const& one : domains)
        out.push_back({{"domain", valid_utf8(one.domain)},
                       {"server", text_or_null(one.server)},
                       {"tls", text_or_null(one.tls)},
                       {"why", text_or_null(one.why)},
                       {"error", one.failure ? json::value(app::to_json(*one.failure)) : json::value()}});
    return out;
}

}  // namespace

json::object to_json(smtp::failure const& failure) {
    json::object out{{"type", smtp::name_of(failure.kind())}, {"phase", to_string(failure.where)}};
    add_reply(out, failure.said);
    if (!failure.said) out["text"] = text_or_null(failure.detail.empty() ? failure.cause.message() : failure.detail);
    return out;
}

json::object to_json(send_outcome const& outcome) {
    smtp::report const& report = outcome.report;
    json::object document{{"server", text_or_null(outcome.server)},
                          {"message_id", text_or_null(report.message_id)},
                          {"size", report.size},
                          {"accepted", to_json(report.accepted())},
                          {"refused", to_json(report.refused())},
                          {"unsent", addresses(report.unsent())},
                          {"in_doubt", report.in_doubt()},
                          {"error", outcome.failure ? json::value(to_json(*outcome.failure)) : json::value()}};
    if (!outcome.domains.empty()) document["domains"] = to_json(outcome.domains);
    return document;
}

json::object error_member(error const& wrong) {
    return {{"type", name_of(wrong.code())},
            {"phase", nullptr},
            {"code", nullptr},
            {"enhanced", nullptr},
            {"text", valid_utf8(wrong.what())}};
}

json::object to_json(error const& wrong) {
    json::object out = to_json(send_outcome{});
    out["size"] = nullptr;
    out["error"] = error_member(wrong);
    return out;
}

}  // namespace postrider::app
