#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>

#include "client_arguments.hpp"
#include "client_content.hpp"
#include "client_exchange.hpp"
#include "client_failure.hpp"
#include "client_verbs.hpp"

/// Single commands. Their replies are results and not failures: who converses by hand judges by hand.
namespace postrider::smtp::client_side {
namespace {

failure lacks_smtputf8(phase where) {
    return unfit(errc::not_supported, where, "the address is beyond ASCII and the server lacks SMTPUTF8");
}

bool asks_for_smtputf8(std::vector<parameter> const& parameters) noexcept {
    return std::any_of(parameters.begin(), parameters.end(),
                       [](auto& p) { return ascii::equal_without_case(p.keyword, "SMTPUTF8"); });
}

}  // namespace

talk<> mail(session& s, std::string reverse_path, std::vector<parameter> parameters) {
    if (auto why_not = check_path(reverse_path, phase::mail_from)) co_return *why_not;
    if (auto why_not = check_parameters(parameters, phase::mail_from)) co_return *why_not;
    if (!s.in_step) co_return not_connected(phase::mail_from);
    bool const asked_for = asks_for_smtputf8(parameters);
    bool const is_nameable = can_be_told(s, reverse_path);
    if (!is_nameable || (asked_for && !s.offered.has("smtputf8"))) co_return lacks_smtputf8(phase::mail_from);
    bool const as_utf8 = s.offered.has("smtputf8") && !codec::is_ascii(reverse_path);
    if (as_utf8 && !asked_for) parameters.push_back({"SMTPUTF8", {}});
    auto said = co_await ask(s, command_with_path(s, "MAIL FROM", reverse_path, parameters), phase::mail_from);
    if (!said) co_return said.error();
    if (said->code == 250) s.recipients_by_hand = 0;
    co_return {};
}

talk<> rcpt(session& s, std::string forward_path, std::vector<parameter> parameters) {
    if (auto why_not = check_path(forward_path, phase::rcpt_to)) co_return *why_not;
    if (auto why_not = check_parameters(parameters, phase::rcpt_to)) co_return *why_not;
    if (!s.in_step) co_return not_connected(phase::rcpt_to);
    if (!can_be_told(s, forward_path)) co_return lacks_smtputf8(phase::rcpt_to);
    auto said = co_await ask(s, command_with_path(s, "RCPT TO", forward_path, parameters), phase::rcpt_to);
    if (!said) co_return said.error();
    if (said->code == 250 || said->code == 251) ++s.recipients_by_hand;
    co_return {};
}

talk<> data(session& s, octet_reader& content) {
    if (!s.in_step) co_return not_connected(phase::data);
    auto begun = co_await begin_content(s);
    if (!begun) co_return begun.error();
    auto written = co_await write_content(s, content);
    if (!written) co_return written.error();
    auto replies = s.options.lmtp && s.recipients_by_hand > 0 ? s.recipients_by_hand : 1;
    for (s.recipients_by_hand = 0; replies > 0; --replies) {
        auto said = co_await verdict(s);
        if (!said) co_return said.error();
    }
    co_return {};
}

talk<> command(session& s, std::string line, phase where) {
    if (auto why_not = check_line(line, where)) co_return *why_not;
    if (!s.in_step) co_return not_connected(where);
    auto said = co_await ask(s, std::move(line), where);
    if (!said) co_return said.error();
    co_return {};
}

talk<> rset(session& s) {
    if (!s.in_step) co_return not_connected(phase::rset);
    s.recipients_by_hand = 0;
    auto said = co_await ask(s, "RSET", phase::rset);
    if (!said) co_return said.error();
    co_return {};
}

talk<> quit(session& s) {
    if (!s.in_step) co_return not_connected(phase::quit);
    auto said = co_await ask(s, "QUIT", phase::quit);
    s.lose();
    s.forget_hello();
    if (!said) co_return said.error();
    co_return {};
}

}  // namespace postrider::smtp::client_side
