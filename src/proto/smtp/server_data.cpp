#include <utility>

#include "server_commands.hpp"
#include "server_delivery.hpp"
#include "server_faults.hpp"
#include "server_session.hpp"

/// Content by DATA: dot-stuffed, up to CRLF.CRLF.                                        RFC 5321 §4.1.1.4, §4.5.2
namespace postrider::smtp::server_side {

void data(session& s, std::string_view) {
    if (auto no = content_out_of_order(s)) return s.say(std::move(*no));
    if (s.binary) return s.say(503, {5, 5, 1}, "BODY=BINARYMIME goes by BDAT");  // RFC 3030 §3
    if (!recipients_spared(s, fault_stage::data)) return s.abort_transaction();
    if (auto no = begin_content(s)) return s.say(std::move(*no));
    s.next = reading::data;
    s.say(reply{354, {}, {"end with a dot on a line of its own"}});
}

bool read_data(session& s) {
    if (s.input.empty()) return false;
    auto rest = s.input.octets();
    auto const waiting = rest.size();
    bool const ended = s.content.take_stuffed(rest, s.options.max_message, s.handler);
    s.input.consume(waiting - rest.size());
    if (cut(s)) return true;
    if (!ended) return false;
    s.trace(trace_side::client, '[' + std::to_string(s.content.octets()) + " octets]");
    s.trace(trace_side::client, ".");
    s.next = reading::command;
    end_message(s);
    return true;
}

}  // namespace postrider::smtp::server_side
