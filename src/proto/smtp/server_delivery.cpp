#include "server_delivery.hpp"

#include <utility>

#include "server_session.hpp"

namespace postrider::smtp::server_side {
namespace {

/// One reply, or in LMTP the same for each recipient.
void say_for_all(session& s, reply const& said) {
    auto const times = s.options.lmtp ? s.so_far.forward_paths.size() : 1;
    s.abort_transaction();
    for (std::size_t i = 0; i < times; ++i) s.say(said);
}

void say_for_each(session& s, std::vector<reply> verdicts, std::size_t recipients) {
    verdicts.resize(recipients, reply_of(451, enhanced_code{4, 3, 0}, "nothing is known of this recipient"));
    for (auto& verdict : verdicts) s.say(std::move(verdict));
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
    if (fault) say_for_all(s, *fault);
    return fault.has_value();
}

void end_message(session& s) {
    s.now = phase::end_of_data;
    if (refuse_faulty_content(s, true)) return;
    auto const recipients = s.so_far.forward_paths.size();
    auto const verdicts = s.options.lmtp ? s.handler.lmtp_end_content(s.so_far)
                                         : std::vector<reply>(1, s.handler.end_content(s.so_far));
    s.forget_transaction();
    for (auto const& verdict : verdicts)
        if (verdict.is_positive()) s.refused = s.idle = 0;
    say_for_each(s, verdicts, s.options.lmtp ? recipients : 1);
}

}  // namespace postrider::smtp::server_side
