#include "server_delivery.hpp"

#include <algorithm>
#include <utility>

#include "server_session.hpp"

namespace postrider::smtp::server_side {
namespace {

/// How many replies the end of a message has.
std::size_t replies_due(session const& s) noexcept {
    return s.options.lmtp ? s.so_far.forward_paths.size() : 1;
}

std::vector<reply> deliver(session& s) {
    if (!s.options.lmtp) return std::vector<reply>(1, s.handler.end_content(s.so_far));
    auto verdicts = s.handler.lmtp_end_content(s.so_far);
    verdicts.resize(replies_due(s), reply_of(451, enhanced_code{4, 3, 0}, "nothing is known of this recipient"));
    return verdicts;
}

}  // namespace

refusal begin_content(session& s) {
    if (!s.in_transaction) return reply_of(503, enhanced_code{5, 5, 1}, "MAIL comes first");
    if (s.so_far.forward_paths.empty())
        return reply_of(s.options.lmtp ? 503 : 554, enhanced_code{5, 5, 1}, "no recipient was accepted");
    auto said = s.handler.begin_content(s.so_far);
    if (said.code >= 400) {
        s.abort_transaction();
        return said;
    }
    s.content.begin();
    return {};
}

bool refuse_faulty_content(session& s, bool ended) {
    auto const fault = s.content.fault(s.options.strict_line_ends, ended);
    if (!fault) return false;
    std::vector<reply> all(ended ? replies_due(s) : 1, *fault);
    s.abort_transaction();
    s.say_all(std::move(all));
    return true;
}

void end_message(session& s) {
    s.now = phase::end_of_data;
    if (refuse_faulty_content(s, true)) return;
    auto verdicts = deliver(s);
    s.forget_transaction();
    if (std::any_of(verdicts.begin(), verdicts.end(), [](reply const& r) { return r.is_positive(); }))
        s.refused = s.idle = 0;
    s.say_all(std::move(verdicts));
}

}  // namespace postrider::smtp::server_side
