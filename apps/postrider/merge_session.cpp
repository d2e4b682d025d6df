#include "merge_session.hpp"

namespace postrider::app {
namespace {

/// Nothing was decided about this message: it may be tried again over another connection.
bool may_try_again(send_outcome const& outcome) {
    if (!outcome.failure || outcome.report.in_doubt() || outcome.failure->in_doubt) return false;
    auto const kind = outcome.failure->kind();
    return kind == smtp::errc::server_disconnected || kind == smtp::errc::timeout ||
           outcome.failure->radius == smtp::blast_radius::session;
}

/// It concerns this message and no other.
bool goes_on(send_outcome const& outcome) {
    if (!outcome.failure) return true;
    auto const radius = outcome.failure->radius;
    return !outcome.report.in_doubt() &&
           (radius == smtp::blast_radius::recipient || radius == smtp::blast_radius::message);
}

}  // namespace

merge_session::merge_session(server_choice const& where, std::string secret, tell_step const& tell)
    : where_(where),
      secret_(std::move(secret)),
      tell_(tell),
      client_(where.options),
      advice_(advice_for(where.login)) {}

merge_session::~merge_session() {
    part_politely(client_);
}

send_outcome merge_session::send(outgoing const& mail) {
    bool const was_open = client_.is_connected();
    auto outcome = attempt(mail);
    if (was_open && may_try_again(outcome)) {
        client_.close();
        outcome = attempt(mail);
    }
    if (!goes_on(outcome)) failure_ = outcome.failure;
    return outcome;
}

send_outcome merge_session::attempt(outgoing const& mail) {
    send_outcome outcome = nothing_yet(where_, mail);
    if (!client_.is_connected()) {
        if (auto const failed = open_session(client_, where_, secret_, tell_)) {
            outcome.failure = failed->failure;
            return outcome;
        }
    }
    auto const sent = client_.try_send(mail.envelope, mail.wire);
    if (sent) {
        outcome.report.recipients = sent->recipients;
    } else {
        outcome.failure = sent.error().failure;
        if (!sent.error().report.recipients.empty()) outcome.report.recipients = sent.error().report.recipients;
    }
    return outcome;
}

}  // namespace postrider::app
