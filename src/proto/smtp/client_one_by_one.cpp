#include "client_content.hpp"
#include "client_exchange.hpp"
#include "client_send.hpp"

/// MAIL, RCPT for each recipient, DATA, content: one command, one reply.                                 RFC 5321 §3.3
namespace postrider::smtp::client_side {
namespace {

talk<> open(session& s, transaction& t) {
    auto const mail = t.mail_command(s);
    auto said = co_await ask(s, mail.line, mail.why);
    if (!said) co_return said.error();
    t.sender_answered(*said);
    auto const recipients = t.recipients_named();
    // One recipient's refusal is its own: the others are asked all the same.
    for (std::size_t i = 0; i < recipients && !t.failure(); ++i) {
        auto const rcpt = t.rcpt_command(s, i);
        auto answer = co_await ask(s, rcpt.line, rcpt.why);
        if (!answer) co_return answer.error();
        t.recipient_answered(i, *answer, i + 1 == recipients);
    }
    co_return {};
}

/// To the end of the message, or to the refusal that is its end.
talk<> send(session& s, transaction& t) {
    auto opened = co_await open(s, t);
    if (!opened) t.lost(opened.error(), false);
    if (t.failure()) co_return {};
    auto begun = co_await begin_content(s);
    if (!begun) t.content_refused(begun.error());
    if (t.failure()) co_return {};
    auto written = co_await write_content(s, t.content());
    if (!written) t.lost(written.error(), false);
    if (t.failure()) co_return {};
    auto answered = co_await take_verdicts(s, t);
    co_return answered;
}

}  // namespace

talk<> send_one_by_one(session& s, outbound& messages) {
    while (auto message = s.in_step ? messages.next() : nullptr) {
        auto sent = co_await send(s, *message);
        if (message->failure()) co_await reset_transaction(s);
        messages.done(*message);
        if (!s.in_step && message->failure()) co_return *message->failure();
    }
    co_return {};
}

}  // namespace postrider::smtp::client_side
