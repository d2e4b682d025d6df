#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <span>

#include "client_arguments.hpp"
#include "client_content.hpp"
#include "client_exchange.hpp"
#include "client_failure.hpp"
#include "client_verbs.hpp"

/// MAIL, RCPT for each recipient, DATA, content: one command, one reply.                                 RFC 5321 §3.3
namespace postrider::smtp::client_side {
namespace {

/// Places in the envelope of the recipients that the server took.
using places = std::vector<std::size_t>;

report blank_report(envelope const& e, std::uint64_t size) {
    report blank;
    blank.size = size;
    for (auto const& path : e.forward_paths) blank.recipients.push_back({.address = path.address});
    return blank;
}

bool names(std::vector<parameter> const& parameters, std::string_view keyword) {
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](auto& p) { return ascii::equal_without_case(p.keyword, keyword); });
}

struct demands {
    std::uint64_t size;
    bool has_8bit;
    bool needs_smtputf8;
};

/// Why this server cannot be given this message at all; nothing has been sent yet.
objection check_demands(session const& s, demands const& d) {
    if (d.needs_smtputf8 && !s.offered.has("smtputf8"))
        return unfit(errc::not_supported, phase::mail_from,
                     "an address or header is beyond ASCII and the server lacks SMTPUTF8: use addresses in ASCII, or "
                     "another server");
    if (d.has_8bit && !s.offered.has("8bitmime"))
        return unfit(errc::not_supported, phase::mail_from,
                     "the content has 8-bit octets and the server lacks 8BITMIME: encode it as quoted-printable or "
                     "base64");
    if (auto limit = s.offered.size_limit(); limit && d.size > *limit)
        return unfit(errc::data_error, phase::mail_from,
                     "the message has " + std::to_string(d.size) + " octets and the server takes " +
                         std::to_string(*limit) + ": send less, or a link in its place");
    return {};
}

/// Those that the extensions ask for, then the caller's own.                               RFC 1870, RFC 6152, RFC 6531
std::vector<parameter> parameters_for(session const& s, envelope const& e, demands const& d) {
    std::vector<parameter> all;
    auto add = [&](bool wanted, char const* keyword, std::optional<std::string> value) {
        if (wanted && !names(e.parameters, keyword)) all.push_back({keyword, std::move(value)});
    };
    add(s.offered.has("size"), "SIZE", std::to_string(d.size));
    add((d.has_8bit || d.needs_smtputf8) && s.offered.has("8bitmime"), "BODY", "8BITMIME");
    add(d.needs_smtputf8, "SMTPUTF8", {});
    all.insert(all.end(), e.parameters.begin(), e.parameters.end());
    return all;
}

void settle(recipient_report& recipient, outcome what, phase where, reply const& said) {
    recipient.what = what;
    recipient.where = where;
    recipient.said = said;
}

/// Of several refusals the one that leaves most hope: a recipient that may work later decides what to do next.
reply most_hopeful(report const& r) {
    auto refusals = r.refused();
    auto hopeful = std::find_if(refusals.begin(), refusals.end(), [](auto& one) { return one.is_transient(); });
    return hopeful == refusals.end() ? *refusals.front().said : *hopeful->said;
}

talk<> name_sender(session& s, envelope const& e, demands const& d) {
    auto said =
        co_await ask(s, command_with_path(s, "MAIL FROM", e.reverse_path, parameters_for(s, e, d)), phase::mail_from);
    if (!said) co_return said.error();
    if (said->code == 250) co_return {};
    auto f = refused(errc::sender_refused, phase::mail_from, blast_radius::message, *said,
                     "the server does not take mail from <" + e.reverse_path + '>');
    auto reset = co_await reset_transaction(s);
    static_cast<void>(reset);
    co_return f;
}

/// One recipient's refusal is its own: the others are asked all the same.
talk<places> name_recipients(session& s, envelope const& e) {
    places taken;
    for (std::size_t i = 0; i < e.forward_paths.size(); ++i) {
        auto const& path = e.forward_paths[i];
        auto said = co_await ask(s, command_with_path(s, "RCPT TO", path.address, path.parameters), phase::rcpt_to);
        if (!said) co_return said.error();
        if (said->code == 250 || said->code == 251) {
            taken.push_back(i);
            continue;
        }
        settle(s.report.recipients[i], outcome::refused, phase::rcpt_to, *said);
        if (!s.in_step)
            co_return refused(errc::recipients_refused, phase::rcpt_to, blast_radius::session, *said,
                              "the server ends the session; nothing was sent to anybody");
    }
    if (!taken.empty()) co_return taken;
    auto f = refused(errc::recipients_refused, phase::rcpt_to, blast_radius::message, most_hopeful(s.report),
                     "the server takes none of the recipients");
    auto reset = co_await reset_transaction(s);
    static_cast<void>(reset);
    co_return f;
}

/// DATA refused: the server said no to each recipient that it had taken.
talk<> ask_for_content(session& s, places const& taken) {
    auto begun = co_await begin_content(s);
    if (begun) co_return {};
    auto f = begun.error();
    if (f.said)
        for (auto place : taken) settle(s.report.recipients[place], outcome::refused, phase::data, *f.said);
    auto reset = co_await reset_transaction(s);
    static_cast<void>(reset);
    co_return f;
}

void leave_in_doubt(report& r, std::span<std::size_t const> unanswered) {
    for (auto place : unanswered) {
        r.recipients[place].what = outcome::in_doubt;
        r.recipients[place].where = phase::end_of_data;
    }
}

/// SMTP answers once for all; LMTP once for each recipient that it took, in their order.               RFC 2033 §4.2
talk<> take_verdicts(session& s, places const& taken) {
    reply said;
    bool any_accepted = false;
    for (std::size_t i = 0; i < taken.size(); ++i) {
        if (i == 0 || s.options.lmtp) {
            auto heard = co_await verdict(s);
            if (!heard) {
                leave_in_doubt(s.report, std::span(taken).subspan(i));
                co_return heard.error();
            }
            said = *heard;
        }
        bool const accepted = said.code == 250;
        any_accepted |= accepted;
        settle(s.report.recipients[taken[i]], accepted ? outcome::accepted : outcome::refused, phase::end_of_data,
               said);
    }
    if (any_accepted) co_return {};
    auto f = refused(errc::data_error, phase::end_of_data, blast_radius::message, most_hopeful(s.report),
                     "the server refuses the message");
    auto reset = co_await reset_transaction(s);
    static_cast<void>(reset);
    co_return f;
}

}  // namespace

talk<> send_message(session& s, envelope e, octet_reader& content, bool has_8bit, bool needs_smtputf8) {
    s.report = blank_report(e, content.size());
    if (auto why_not = check_envelope(e)) co_return *why_not;
    if (!s.in_step) co_return not_connected(phase::mail_from);
    auto greeted = co_await hello_if_needed(s);
    if (!greeted) co_return greeted.error();

    demands const d{content.size(), has_8bit, needs_smtputf8 || beyond_ascii(e)};
    if (auto why_not = check_demands(s, d)) co_return *why_not;
    auto sender = co_await name_sender(s, e, d);
    if (!sender) co_return sender.error();
    auto taken = co_await name_recipients(s, e);
    if (!taken) co_return taken.error();
    auto asked = co_await ask_for_content(s, *taken);
    if (!asked) co_return asked.error();
    auto written = co_await write_content(s, content);
    if (!written) co_return written.error();
    auto verdicts = co_await take_verdicts(s, *taken);
    co_return verdicts;
}

}  // namespace postrider::smtp::client_side
