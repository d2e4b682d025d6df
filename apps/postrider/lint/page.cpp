#include "page.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <postrider/mime/tree.hpp>
#include <tuple>

namespace postrider::app {
namespace {

using lint::level;

constexpr std::size_t indent = 9;

std::string head(lint::finding const& one, palette const& in) {
    std::string word(to_string(one.level));
    word.resize(indent, ' ');
    auto const coloured = one.level == level::error ? in.red(word) : one.level == level::warning ? in.bold(word) : word;
    return coloured + in.bold(one.title()) + "  " + in.faint(one.of->id) + '\n';
}

std::string words_of(lint::place const& where) {
    std::string words;
    if (!where.header.empty()) words += where.header + ", ";
    if (where.part) words += "part " + std::to_string(*where.part) + ", ";
    if (where.line) words += "line " + std::to_string(*where.line) + ", ";
    if (!words.empty()) words.resize(words.size() - 2);
    return words;
}

std::string told(lint::finding const& one, palette const& in) {
    std::string const margin(indent, ' ');
    std::string text = head(one, in) + margin + mime::terminal_safe(one.detail()) + '\n';
    if (!one.places.empty()) {
        text += margin + "at " + mime::terminal_safe(words_of(one.places.front()));
        if (one.places.size() > 1) text += " and " + std::to_string(one.count - 1) + " more";
        text += '\n';
    }
    return text + margin + in.faint(std::string(one.of->rule) + "  " + std::string(one.of->rule_url)) + "\n\n";
}

std::string number_of(std::size_t many, std::string_view what) {
    return std::to_string(many) + ' ' + std::string(what) + (many == 1 ? "" : "s");
}

std::string list_of(std::vector<std::string> const& features) {
    constexpr std::size_t told = 4;
    std::string list;
    for (std::size_t i = 0; i < std::min(features.size(), told); ++i) list += (i == 0 ? "" : ", ") + features[i];
    if (features.size() > told) list += " and " + std::to_string(features.size() - told) + " more";
    return list;
}

/// Those that do not support all that the message uses, the worst first.
std::string client_table(std::vector<lint::client_support> clients, palette const& in) {
    constexpr std::size_t column = 32;
    std::stable_sort(clients.begin(), clients.end(), [](auto const& a, auto const& b) {
        return std::tuple(b.unsupported.size(), b.partial.size()) < std::tuple(a.unsupported.size(), a.partial.size());
    });
    std::string table;
    std::size_t full = 0;
    for (auto const& one : clients) {
        if (one.unsupported.empty() && one.partial.empty()) {
            ++full;
            continue;
        }
        auto who = one.name + ", " + one.platform;
        who.resize(std::max(who.size() + 1, column), ' ');
        table += "  " + who;
        if (!one.unsupported.empty()) table += "not: " + list_of(one.unsupported);
        if (!one.unsupported.empty() && !one.partial.empty()) table += "; ";
        if (!one.partial.empty()) table += in.faint("partly: " + list_of(one.partial));
        table += '\n';
    }
    if (clients.empty()) return {};
    return in.bold("Support by mail clients") + in.faint("  caniemail.com") + '\n' + table + "  " +
           std::to_string(full) + " of " + number_of(clients.size(), "client") + " support all of it\n\n";
}

std::string one_decimal(double number) {
    std::array<char, 400> room{};  // the largest double has 309 digits
    auto const end = std::to_chars(room.data(), room.data() + room.size(), number, std::chars_format::fixed, 1).ptr;
    return {room.data(), end};
}

std::string spam_line(std::optional<lint::spam_verdict> const& verdict) {
    if (!verdict) return {};
    return "SpamAssassin: " + one_decimal(verdict->score) + " of " + one_decimal(verdict->threshold) + " points\n";
}

}  // namespace

std::string lint_page(lint::report const& of, level least, palette const& in) {
    std::string page;
    for (auto wanted : {level::error, level::warning, level::notice})
        for (auto const& one : of.findings)
            if (one.level == wanted && wanted >= least) page += told(one, in);
    page += client_table(of.clients, in) + spam_line(of.spam);
    auto const counts = of.counts();
    auto const many = [&](level which) { return counts[static_cast<unsigned>(which)]; };
    return page + number_of(many(level::error), "error") + ", " + number_of(many(level::warning), "warning") + ", " +
           number_of(many(level::notice), "notice") + "; " + number_of(many(level::pass), "check") + " passed\n";
}

}  // namespace postrider::app
