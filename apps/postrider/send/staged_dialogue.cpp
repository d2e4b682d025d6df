#include "staged_dialogue.hpp"

#include <memory>
#include <postrider/net/stream.hpp>

namespace postrider::app {
namespace {

using maybe_failed = std::optional<smtp::failed>;

/// Content that breaks off: before its first octet, or behind its last one. It promises an octet more than there is, so
/// that nothing takes it for whole and ends it with a dot.
class unfinished_reader final : public octet_reader {
public:
    unfinished_reader(std::unique_ptr<octet_reader> whole, bool nothing_at_all)
        : whole_(std::move(whole)), at_end_(nothing_at_all) {}

    std::uint64_t size() const noexcept override { return whole_->size() + 1; }
    error_code next(std::vector<std::string_view>& pieces, std::size_t wanted) override {
        pieces.clear();
        if (!at_end_) {
            if (auto const wrong = whole_->next(pieces, wanted)) return wrong;
            at_end_ = pieces.empty();
        }
        return at_end_ ? std::make_error_code(std::errc::operation_canceled) : std::error_code();
    }

private:
    std::unique_ptr<octet_reader> whole_;
    bool at_end_;
};

smtp::failed refusal(smtp::errc kind, phase where, smtp::reply const& said) {
    smtp::failure failure;
    failure.code = make_error_code(kind);
    failure.where = where;
    failure.radius = smtp::blast_radius::message;
    failure.said = said;
    return {failure, {}, {}};
}

std::vector<std::string> to_strings(std::vector<smtp::parameter> const& parameters) {
    std::vector<std::string> written;
    for (auto const& parameter : parameters) written.push_back(to_string(parameter));
    return written;
}

/// The dialogue up to one stage. What throws smtp::error here ends in run().
class rehearsal {
public:
    rehearsal(server_choice const& where, std::string const& secret, outgoing const& mail, tell_step const& tell)
        : where_(where), secret_(secret), mail_(mail), tell_(tell), client_(where.options) {}

    void run(std::string const& stage, send_outcome& outcome) {
        try {
            auto const failed = reach(stage, outcome.report);
            if (failed) outcome.failure = failed->failure;
        } catch (smtp::error const& failed) {
            outcome.failure = failed.failure();
        }
    }

    smtp::client& client() noexcept { return client_; }

private:
    maybe_failed reach(std::string const& stage, smtp::report& report) {
        if (stage == "connect") return connect_alone();
        if (stage == "banner" || stage == "ehlo" || stage == "starttls") return open_by_hand(stage);
        if (stage == "auth" && where_.user.empty())
            throw error(exit_code::usage, "there is no login to stop after", "add --user");
        if (auto failed = open_session(client_, where_, secret_, tell_)) return failed;
        if (stage == "auth") return std::nullopt;
        if (stage == "data" || stage == "content") return break_off(stage == "data", report);
        return name_people(stage == "rcpt", report);
    }

    /// The connection and nothing more: the greeting is not read.
    maybe_failed connect_alone() {
        std::string why;
        net::phase_timeouts const timeouts =
            where_.options.timeout ? net::phase_timeouts::all(*where_.options.timeout) : where_.options.deadlines;
        auto const connected = net::connect(where_.url.where, {}, timeouts.until(phase::connect), why);
        if (connected) return std::nullopt;
        smtp::failed failed = refusal(smtp::errc::connect_error, phase::connect, {});
        failed.failure.said.reset();
        failed.failure.cause = connected.error();
        failed.failure.detail = why;
        return failed;
    }

    maybe_failed open_by_hand(std::string const& stage) {
        if (stage == "starttls" && where_.url.kind == smtp::server_url::smtps)
            throw error(exit_code::usage, "there is no STARTTLS to stop after", "TLS comes first on smtps://");
        smtp::server_url greeting_alone = where_.url;
        greeting_alone.opens_session = false;
        auto const greeted = client_.try_connect(greeting_alone);
        if (!greeted) return greeted.error();
        if (stage == "banner") return std::nullopt;
        client_.ehlo_or_helo_if_needed();
        if (stage == "ehlo") return std::nullopt;
        auto const secured = client_.try_starttls();
        return secured ? std::nullopt : maybe_failed(secured.error());
    }

    maybe_failed name_people(bool recipients_too, smtp::report& report) {
        auto const& envelope = mail_.envelope;
        auto const sender_said = client_.mail(envelope.reverse_path, to_strings(envelope.parameters));
        if (!sender_said.is_positive()) return refusal(smtp::errc::sender_refused, phase::mail_from, sender_said);
        if (!recipients_too) return std::nullopt;
        bool anybody = false;
        for (std::size_t at = 0; at < envelope.forward_paths.size(); ++at) {
            auto const& path = envelope.forward_paths[at];
            auto const said = client_.rcpt(path.address, to_strings(path.parameters));
            anybody |= said.is_positive();
            if (!said.is_positive()) report.recipients[at].what = smtp::outcome::refused;
            report.recipients[at].said = said;
        }
        if (anybody) return std::nullopt;
        return refusal(smtp::errc::recipients_refused, phase::rcpt_to, *report.recipients.back().said);
    }

    maybe_failed break_off(bool before_content, smtp::report& report) {
        auto const sent = client_.try_send(mail_.envelope, mail_.wire, [&](std::unique_ptr<octet_reader> whole) {
            return std::make_unique<unfinished_reader>(std::move(whole), before_content);
        });
        if (sent) return std::nullopt;
        if (!sent.error().report.recipients.empty()) report.recipients = sent.error().report.recipients;
        return sent.error().failure.kind() == smtp::errc::content_error ? std::nullopt : maybe_failed(sent.error());
    }

    server_choice const& where_;
    std::string const& secret_;
    outgoing const& mail_;
    tell_step const& tell_;
    smtp::client client_;
};

}  // namespace

send_outcome rehearse(server_choice where, std::string const& secret, outgoing const& mail, dialogue_end const& end,
                      tell_step const& tell) {
    bool const drops = !end.drop_after.empty();
    std::string stage = drops ? end.drop_after : end.quit_after;
    if (!drops && stage == "connect") stage = "banner";  // QUIT is for who was greeted
    one_command_at_a_time(where);
    send_outcome outcome = nothing_yet(where, mail);
    rehearsal dialogue(where, secret, mail, tell);
    dialogue.run(stage, outcome);
    if (drops) {
        dialogue.client().close();
    } else {
        part_politely(dialogue.client());
    }
    if (!outcome.failure) tell("stopped after " + (drops ? end.drop_after : end.quit_after) + ", as asked");
    return outcome;
}

}  // namespace postrider::app
