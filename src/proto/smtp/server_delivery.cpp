#include "server_delivery.hpp"

#include <algorithm>
#include <utility>

#include "server_faults.hpp"
#include "server_session.hpp"

namespace postrider::smtp::server_side {
namespace {

/// How many replies the end of a message has.
std::size_t replies_due(session const& s, envelope const& e) noexcept {
    return s.options.lmtp ? e.forward_paths.size() : 1;
}

std::vector<reply> verdicts_of_handler(session& s, envelope const& e) {
    if (!s.options.lmtp) return std::vector<reply>(1, s.handler.end_content(e));
    auto verdicts = s.handler.lmtp_end_content(e);
    verdicts.resize(replies_due(s, e), reply_of(451, enhanced_code{4, 3, 0}, "nothing is known of this recipient"));
    return verdicts;
}

}  // namespace

refusal content_out_of_order(session const& s) {
    if (!s.in_transaction) return reply_of(503, enhanced_code{5, 5, 1}, "MAIL comes first");
    if (s.so_far.forward_paths.empty())
        return reply_of(s.options.lmtp ? 503 : 554, enhanced_code{5, 5, 1}, "no recipient was accepted");
    return {};
}

refusal begin_content(session& s) {
    if (auto no = content_out_of_order(s)) return no;
    auto said = s.handler.begin_content(s.so_far);
    if (said.code >= 400) {
        s.abort_transaction();
        return said;
    }
    s.content.begin();
    expect_cut(s);
    return {};
}

bool refuse_faulty_content(session& s, bool ended) {
    auto const fault = s.content.fault(s.options.strict_line_ends && !s.binary, ended);
    if (!fault) return false;
    std::vector<reply> all(ended ? replies_due(s, s.so_far) : 1, *fault);
    s.abort_transaction();
    s.say_all(std::move(all));
    return true;
}

std::vector<reply> deliver(session& s, envelope const& e) {
    auto verdicts = verdicts_of_handler(s, e);
    s.forget_transaction();
    if (std::any_of(verdicts.begin(), verdicts.end(), [](reply const& r) { return r.is_positive(); }))
        s.refused = s.idle = 0;
    return verdicts;
}

void end_message(session& s) {
    s.now = phase::end_of_data;
    if (refuse_faulty_content(s, true)) return;
    if (s.options.faults && s.options.lmtp) return deliver_at_risk(s);
    if (!recipients_spared(s, fault_stage::end_of_data)) return s.abort_transaction();
    s.say_all(deliver(s, s.so_far));
}

}  // namespace postrider::smtp::server_side
