#include <boost/json.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/lint.hpp>

#include "context.hpp"

namespace postrider::devserver {
namespace {

/// Which of the operator's calls this request may make: scores at all times, the others where it asks for them.
lint::outside calls_for(api_context const& asked) {
    lint::outside calls;
    if (!asked.at.outside) return calls;
    calls.spam = asked.at.outside->spam;
    if (asked.target["dns"] == "1") calls.texts = asked.at.outside->texts;
    if (asked.target["links"] == "1") calls.links = asked.at.outside->links;
    return calls;
}

bool is_refused(api_context const& asked, lint::outside const& calls) {
    return (asked.target["dns"] == "1" && !calls.texts) || (asked.target["links"] == "1" && !calls.links);
}

/// Whether the message was announced so, as its dialogue tells: the last MAIL before it counts.       RFC 6531 §3.4
bool came_with_smtputf8(std::vector<transcript_line> const& dialogue) {
    bool announced = false;
    for (auto const& one : dialogue) {
        auto const line = one.from == trace_side::client ? ascii::upper(one.line) : std::string();
        if (line.starts_with("MAIL FROM:")) announced = line.find(" SMTPUTF8") != line.npos;
    }
    return announced;
}

/// Whether others may be asked, and were: a reader offers it, or says how to allow it.
boost::json::object lookups_of(api_context const& asked) {
    auto const state = [&](std::string const& name, bool allowed) {
        return !allowed ? "off" : asked.target[name] == "1" ? "asked" : "allowed";
    };
    auto const* outside = asked.at.outside;
    return {{"dns", state("dns", outside && outside->texts)}, {"links", state("links", outside && outside->links)}};
}

http_response report_on(std::string const& octets, lint::envelope const& envelope, lint::outside const& calls,
                        boost::json::object const& lookups) {
    lint::subject subject;
    subject.octets = octets;
    subject.envelope = envelope;
    auto report = lint::to_json(lint::examine(subject, calls));
    report["lookups"] = lookups;
    return json_response(std::move(report));
}

answer checks(api_context const& asked, std::string const& id) {
    auto const message = asked.at.messages.find(id);
    auto octets = whole_octets(asked, id);
    if (auto* refused = std::get_if<http_response>(&octets)) return std::move(*refused);
    if (!message) return no_such_message();
    auto calls = calls_for(asked);
    if (is_refused(asked, calls)) return error_response("lookups-off");
    auto const dialogue = asked.at.messages.transcript(id);
    lint::envelope envelope{message->from, message->to, dialogue && came_with_smtputf8(*dialogue)};
    return slow_work{[octets = std::get<std::string>(std::move(octets)), envelope = std::move(envelope),
                      calls = std::move(calls),
                      lookups = lookups_of(asked)] { return report_on(octets, envelope, calls, lookups); }};
}

}  // namespace

api_answer checks_api(api_context const& asked) {
    if (asked.segment(0) != "messages" || asked.depth() != 3 || asked.segment(2) != "checks") return std::nullopt;
    return is_get(asked.request) ? checks(asked, asked.segment(1)) : answer(only("GET, HEAD"));
}

}  // namespace postrider::devserver
