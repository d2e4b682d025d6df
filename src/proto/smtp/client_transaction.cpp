#include "client_transaction.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <utility>

#include "client_failure.hpp"
#include "client_needs.hpp"

namespace postrider::smtp::client_side {
namespace {

report blank_report(envelope const& e, std::uint64_t size) {
    report blank;
    blank.size = size;
    blank.recipients.reserve(e.forward_paths.size());
    for (auto const& path : e.forward_paths) blank.recipients.push_back({.address = path.address});
    return blank;
}

bool names(std::vector<parameter> const& parameters, std::string_view keyword) {
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](auto& p) { return ascii::equal_without_case(p.keyword, keyword); });
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

bool anybody_has_it(report const& r) noexcept {
    return std::any_of(r.recipients.begin(), r.recipients.end(),
                       [](auto& one) { return one.what == outcome::accepted; });
}

/// What a server says that is asked all the same.                                                     RFC 6531 §3.5
reply lacks_smtputf8() {
    return {
        553, enhanced_code{5, 6, 7}, {"the address is beyond ASCII and the server lacks SMTPUTF8; it was not asked"}};
}

}  // namespace

transaction::transaction(outgoing_message mail)
    : mail_(std::move(mail)), report_(blank_report(*mail_.envelope, mail_.content->size())) {}

bool transaction::uses_smtputf8(session const& s) const {
    return s.offered.has("smtputf8") && (mail_.needs_smtputf8 || beyond_ascii(*mail_.envelope));
}

/// Whether nobody could get the message without it.
bool transaction::insists_on_smtputf8(session const& s) const {
    auto const& e = *mail_.envelope;
    return mail_.needs_smtputf8 || !can_be_told(s, e.reverse_path) || beyond_ascii(e.parameters) ||
           std::any_of(e.forward_paths.begin(), e.forward_paths.end(),
                       [](auto& path) { return beyond_ascii(path.parameters); });
}

objection transaction::why_not(session const& s) const {
    if (auto wrong = check_envelope(*mail_.envelope)) return wrong;
    if (!s.offered.has("smtputf8") && insists_on_smtputf8(s))
        return unfit(errc::not_supported, phase::mail_from,
                     "an address or header is beyond ASCII and the server lacks SMTPUTF8: use addresses in ASCII, or "
                     "another server");
    if (auto lacking = check_offered(s, *mail_.envelope)) return lacking;
    if (mail_.is_binary && !s.offered.takes_binary())
        return unfit(errc::not_supported, phase::mail_from,
                     "the content is binary and the server lacks BINARYMIME or CHUNKING: encode it as base64");
    if (mail_.has_8bit && !mail_.is_binary && !s.offered.has("8bitmime"))
        return unfit(errc::not_supported, phase::mail_from,
                     "the content has 8-bit octets and the server lacks 8BITMIME: encode it as quoted-printable or "
                     "base64");
    if (auto limit = s.offered.size_limit(); limit && report_.size > *limit)
        return unfit(errc::data_error, phase::mail_from,
                     "the message has " + std::to_string(report_.size) + " octets and the server takes " +
                         std::to_string(*limit) + ": send less, or a link in its place");
    return {};
}

void transaction::begin(session const& s) {
    std::vector<std::size_t> nameable;
    nameable.reserve(report_.recipients.size());
    for (std::size_t place = 0; place < mail_.envelope->forward_paths.size(); ++place) {
        if (can_be_told(s, mail_.envelope->forward_paths[place].address))
            nameable.push_back(place);
        else
            settle(report_.recipients[place], outcome::refused, phase::rcpt_to, lacks_smtputf8());
    }
    named_ = recipients_at_once(s.offered, *mail_.envelope, std::move(nameable));
    taken_.reserve(named_.size());
    if (named_.empty())
        fail(refused(errc::recipients_refused, phase::rcpt_to, blast_radius::message, lacks_smtputf8(),
                     "no recipient can be named without SMTPUTF8, which the server lacks"));
}

/// Those that the extensions ask for, then the caller's own.                     RFC 1870, RFC 3030, RFC 6152, RFC 6531
std::vector<parameter> transaction::mail_parameters(session const& s) const {
    auto const& own = mail_.envelope->parameters;
    std::vector<parameter> all;
    auto add = [&](bool wanted, char const* keyword, std::optional<std::string> value) {
        if (wanted && !names(own, keyword)) all.push_back({keyword, std::move(value)});
    };
    add(s.offered.has("size"), "SIZE", std::to_string(report_.size));
    add(mail_.is_binary, "BODY", "BINARYMIME");
    bool const is_8bit = !mail_.is_binary && (mail_.has_8bit || uses_smtputf8(s));
    add(is_8bit && s.offered.has("8bitmime"), "BODY", "8BITMIME");
    add(uses_smtputf8(s), "SMTPUTF8", {});
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

command_line transaction::mail_command(session const& s) const {
    return {command_with_path(s, "MAIL FROM", mail_.envelope->reverse_path, mail_parameters(s)), phase::mail_from};
}

command_line transaction::rcpt_command(session const& s, std::size_t recipient) const {
    auto const& path = mail_.envelope->forward_paths[named_[recipient]];
    return {command_with_path(s, "RCPT TO", path.address, path.parameters), phase::rcpt_to};
}

std::vector<command_line> transaction::opening(session const& s) const {
    std::vector<command_line> commands;
    commands.reserve(1 + named_.size());
    commands.push_back(mail_command(s));
    for (std::size_t i = 0; i < named_.size(); ++i) commands.push_back(rcpt_command(s, i));
    return commands;
}

void transaction::sender_answered(reply const& said) {
    if (said.code == 250) return;
    fail(refused(errc::sender_refused, phase::mail_from, blast_radius::message, said,
                 "the server does not take mail from <" + mail_.envelope->reverse_path + '>'));
}

void transaction::recipient_answered(std::size_t recipient, reply const& said, bool last) {
    bool const is_taken = said.code == 250 || said.code == 251;
    if (is_taken)
        taken_.push_back(named_[recipient]);
    else
        settle(report_.recipients[named_[recipient]], outcome::refused, phase::rcpt_to, said);
    if (failure_) return;
    if (said.code == 421)
        fail(refused(errc::recipients_refused, phase::rcpt_to, blast_radius::session, said,
                     "the server ends the session; nothing was sent to anybody"));
    else if (last && !any_taken())
        fail(refused(errc::recipients_refused, phase::rcpt_to, blast_radius::message, most_hopeful(report_),
                     "the server takes none of the recipients"));
}

void transaction::opening_answered(std::span<reply const> heard) {
    if (!heard.empty()) sender_answered(heard.front());
    // What is said of recipients without a sender says nothing about them.
    if (failure_) return;
    for (std::size_t i = 0; i < named_.size() && i + 1 < heard.size(); ++i)
        recipient_answered(i, heard[i + 1], i + 1 == named_.size());
}

void transaction::content_refused(smtp::failure why) {
    if (why.said)
        for (auto place : taken_) settle(report_.recipients[place], outcome::refused, why.where, *why.said);
    fail(std::move(why));
}

std::size_t transaction::verdicts_due(bool lmtp) const noexcept {
    return lmtp ? taken_.size() : 1;
}

void transaction::verdict_given(reply const& said, bool lmtp) {
    bool const is_accepted = said.code == 250;
    auto const until = lmtp ? verdicts_ + 1 : taken_.size();
    for (; verdicts_ < until; ++verdicts_)
        settle(report_.recipients[taken_[verdicts_]], is_accepted ? outcome::accepted : outcome::refused,
               phase::end_of_data, said);
    if (verdicts_ < taken_.size() || anybody_has_it(report_)) return;
    fail(refused(errc::data_error, phase::end_of_data, blast_radius::message, most_hopeful(report_),
                 "the server refuses the message"));
}

void transaction::lost(smtp::failure why, bool whole) {
    bool const was_told_why = failure_ && failure_->said && failure_->where == phase::content && !whole;
    if (was_told_why) return;
    bool const is_refusal = why.said && why.code == errc::data_error && why.where == phase::content;
    if (is_refusal && !whole) return content_refused(std::move(why));
    if (whole) {
        for (auto place : named_)
            if (auto& recipient = report_.recipients[place]; recipient.what == outcome::unsent) {
                recipient.what = outcome::in_doubt;
                recipient.where = phase::end_of_data;
            }
    }
    why.in_doubt = whole;
    fail(std::move(why));
}

}  // namespace postrider::smtp::client_side
