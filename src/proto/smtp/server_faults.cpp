#include "server_faults.hpp"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "server_delivery.hpp"
#include "server_session.hpp"

/// What a fault injector decides, done to a session.
namespace postrider::smtp::server_side {
namespace {

std::vector<std::string_view> recipients(session const& s) {
    std::vector<std::string_view> all;
    for (auto const& path : s.so_far.forward_paths) all.push_back(path.address);
    return all;
}

bool is_carried_out(fault const& met) noexcept {
    return met.kind == fault::kinds::answer ? met.carried_out : met.kind != fault::kinds::drop;
}

void tell(session const& s, fault const& met) {
    s.trace(trace_side::server, "[fault: " + met.name + ']');
}

/// The fault is all that comes of the command.
void take_place(session& s, fault const& met) {
    tell(s, met);
    met.kind == fault::kinds::drop ? s.hang_up() : s.say_octets(met.octets);
}

bool spared(session& s, fault_stage where, std::span<std::string_view const> about) {
    auto met = s.options.faults->strike(where, about);
    if (!met) return true;
    if (!is_carried_out(*met)) return take_place(s, *met), false;
    tell(s, *met);
    s.struck = std::move(met);
    return true;
}

/// What each recipient's answer meets; `reached` is given those whom the message reaches.
std::vector<std::optional<fault>> strike_each(session& s, envelope& reached) {
    std::vector<std::optional<fault>> met;
    for (auto const& about : recipients(s)) {
        auto const& one = met.emplace_back(s.options.faults->strike(fault_stage::end_of_data, {&about, 1}));
        if (!one || is_carried_out(*one)) reached.forward_paths.push_back(s.so_far.forward_paths[met.size() - 1]);
    }
    return met;
}

}  // namespace

bool spared(session& s, fault_stage where) {
    return !s.options.faults || spared(s, where, std::span<std::string_view const>());
}

bool spared(session& s, fault_stage where, std::string_view about) {
    return !s.options.faults || spared(s, where, {&about, 1});
}

bool recipients_spared(session& s, fault_stage where) {
    return !s.options.faults || spared(s, where, recipients(s));
}

void deliver_at_risk(session& s) {
    auto reached = s.so_far;
    reached.forward_paths.clear();
    auto const met = strike_each(s, reached);
    std::vector<reply> verdicts;
    if (reached.forward_paths.empty())
        s.abort_transaction();
    else
        verdicts = deliver(s, reached);
    auto verdict = verdicts.begin();
    for (auto const& one : met) {
        if (s.over) return;
        if (one && !is_carried_out(*one)) {
            take_place(s, *one);
            continue;
        }
        if (one) tell(s, *one);
        s.struck = one;
        s.say(std::move(*verdict++));
    }
}

void expect_cut(session& s) {
    if (!s.options.faults) return;
    s.content_cut = s.options.faults->strike(fault_stage::content, recipients(s));
    if (s.content_cut) s.content_cut->size = std::max<std::size_t>(s.content_cut->size, 1);
}

bool cut(session& s) {
    if (!s.content_cut || s.content.octets() < s.content_cut->size) return false;
    s.trace(trace_side::client, '[' + std::to_string(s.content.octets()) + " octets]");
    take_place(s, *std::exchange(s.content_cut, std::nullopt));
    return true;
}

}  // namespace postrider::smtp::server_side
