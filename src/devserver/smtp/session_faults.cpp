#include "session_faults.hpp"

#include <postrider/core/limits.hpp>
#include <utility>

namespace postrider::devserver {
namespace {

using smtp::fault;
using smtp::fault_stage;
using stages = fault_rule::stages;
using actions = fault_rule::actions;

constexpr std::size_t oversize_octets = 100'000;  // longer than any client should take
static_assert(oversize_octets > limits::reply_total_octets);
constexpr std::size_t garbage_octets = 200;

struct stage_of_engine {
    stages in_rules;
    int success;  ///< what is said where nothing is wrong                                     RFC 5321 §4.3.2
};

stage_of_engine look_up(fault_stage stage) noexcept {
    switch (stage) {
        case fault_stage::greeting: return {stages::greeting, 220};
        case fault_stage::ehlo: return {stages::ehlo, 250};
        case fault_stage::starttls: return {stages::starttls, 220};
        case fault_stage::auth: return {stages::auth, 235};
        case fault_stage::mail: return {stages::mail, 250};
        case fault_stage::rcpt: return {stages::rcpt, 250};
        case fault_stage::data: return {stages::data, 354};
        case fault_stage::content: return {stages::content, 0};
        case fault_stage::end_of_data: return {stages::end_of_data, 250};
        case fault_stage::rset: return {stages::rset, 250};
        case fault_stage::quit: return {stages::quit, 221};
        case fault_stage::other: break;
    }
    return {stages::any, 250};
}

/// Asks for something that no command but AUTH leads to; behind AUTH, for something that only DATA leads to.
std::string wrong_reply(fault_stage stage) {
    return stage == fault_stage::auth ? "354 go ahead\r\n" : "334 R28gYWhlYWQ=\r\n";
}

std::string oversize_reply(int code) {
    return std::to_string(code) + ' ' + std::string(oversize_octets, 'x') + "\r\n";
}

/// No reply code, no end of a line within.
std::string garbage(std::mt19937_64& numbers) {
    std::string octets;
    while (octets.size() < garbage_octets) {
        char const octet = static_cast<char>(numbers() & 0xff);
        bool const is_digit = octet >= '0' && octet <= '9';
        if (octet != '\r' && octet != '\n' && !is_digit) octets += octet;
    }
    return octets + "\r\n";
}

fault said(std::string octets, bool carried_out = false) {
    fault made;
    made.octets = std::move(octets);
    made.carried_out = carried_out;
    return made;
}

fault of_kind(fault::kinds kind, fault_rule const& rule) {
    fault made;
    made.kind = kind;
    made.time = rule.time;
    made.size = rule.octets;
    return made;
}

fault fault_of(fault_book::entry& met, fault_stage at) {
    auto const& rule = met.rule;
    int const success = look_up(at).success;
    switch (rule.action) {
        case actions::reply: return said(to_wire(rule.reply), rule.reply.code / 100 == success / 100);
        case actions::wrong: return said(wrong_reply(at));
        case actions::oversize: return said(oversize_reply(success));
        case actions::garbage: return said(garbage(met.numbers));
        case actions::drip: return of_kind(fault::kinds::drip, rule);
        case actions::drop: return of_kind(fault::kinds::drop, rule);
        case actions::lose_reply: return of_kind(fault::kinds::lose_reply, rule);
        case actions::delay:
        case actions::bad_certificate: break;  // the answer is right, and the handshake fails
    }
    return of_kind(fault::kinds::delay, rule);
}

}  // namespace

std::optional<fault> session_faults::strike(fault_stage at, std::span<std::string_view const> about) {
    auto* const met = book_.strike(look_up(at).in_rules, about);
    if (!met) return {};
    if (met->rule.action == actions::bad_certificate) show_(met->rule.certificate);
    auto made = fault_of(*met, at);
    made.name = met->rule.text;
    return made;
}

}  // namespace postrider::devserver
