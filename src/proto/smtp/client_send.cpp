#include "client_send.hpp"

#include <utility>

#include "client_content.hpp"
#include "client_failure.hpp"
#include "client_verbs.hpp"

namespace postrider::smtp::client_side {
namespace {

/// A queue of one.
class single_message final : public message_queue {
public:
    single_message(outgoing_message mail, smtp::report& into) : mail_(std::move(mail)), report_(into) {}

    std::optional<outgoing_message> next() override { return std::exchange(mail_, {}); }
    void done(smtp::report report, std::optional<smtp::failure> const& why) override {
        report_ = std::move(report);
        why_ = why;
    }

    std::optional<smtp::failure> const& why() const noexcept { return why_; }

private:
    std::optional<outgoing_message> mail_;
    smtp::report& report_;
    std::optional<smtp::failure> why_;
};

bool has_had_its_messages(session const& s) {
    auto const most = s.offered.limit("MAILMAX");
    return most && s.messages >= *most;
}

failure enough_messages(session& s) {
    s.lose();
    return {.code = errc::server_disconnected,
            .where = phase::mail_from,
            .radius = blast_radius::session,
            .detail = "the server takes no more messages in this session; connect again"};
}

talk<> best_way(session& s, outbound& messages) {
    if (!s.offered.has("pipelining")) return send_one_by_one(s, messages);
    return s.offered.has("chunking") ? send_chunked(s, messages) : send_pipelined(s, messages);
}

}  // namespace

std::unique_ptr<transaction> outbound::next() {
    while (!at_end_ && !has_had_its_messages(session_)) {
        auto mail = queue_.next();
        if (!mail) break;
        if (mail->fit) mail->fit(*mail, session_.offered);
        auto message = std::make_unique<transaction>(*std::move(mail));
        if (auto why_not = message->why_not(session_))
            message->lost(*std::move(why_not), false);
        else
            message->begin(session_);
        if (!message->failure()) {
            ++session_.messages;
            order_.push_back(nullptr);
            return message;
        }
        if (order_.empty())
            tell(*message);
        else
            order_.push_back(std::move(message));
    }
    at_end_ = true;
    return nullptr;
}

void outbound::done(transaction& message) {
    tell(message);
    order_.pop_front();
    for (; !order_.empty() && order_.front(); order_.pop_front()) tell(*order_.front());
}

void outbound::tell(transaction& message) {
    queue_.done(message.take_report(), message.failure());
}

talk<> take_verdicts(session& s, transaction& t) {
    for (auto due = t.verdicts_due(s.options.lmtp); due > 0; --due) {
        auto said = co_await verdict(s);
        if (!said) {
            t.lost(said.error(), true);
            break;
        }
        t.verdict_given(*said, s.options.lmtp);
    }
    co_return {};
}

talk<> send_all(session& s, message_queue& queue) {
    if (!s.in_step) co_return not_connected(phase::mail_from);
    auto greeted = co_await hello_if_needed(s);
    if (!greeted) co_return greeted.error();
    if (has_had_its_messages(s)) co_return enough_messages(s);
    outbound messages(s, queue);
    auto ended = co_await best_way(s, messages);
    co_return ended;
}

talk<> send_message(session& s, outgoing_message mail) {
    s.report = transaction(mail).report();
    if (auto why_not = check_envelope(*mail.envelope)) co_return *why_not;
    single_message queue(std::move(mail), s.report);
    auto sent = co_await send_all(s, queue);
    if (queue.why()) co_return *queue.why();
    co_return sent;
}

}  // namespace postrider::smtp::client_side
