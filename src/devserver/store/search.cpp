#include "search.hpp"

#include <algorithm>
#include <variant>

namespace postrider::devserver {
namespace {

using bound = std::variant<std::int64_t, std::string>;

/// One term as SQL with a place for its value, if it has one; `m` is the message, `s` what searches look at.
struct condition {
    std::string_view sql;
    std::optional<bound> value;
    bool reads_words = false;
};

condition condition_of(search_term const& term) {
    auto const text = [&](std::string_view sql) { return condition{sql, as_searched(term.text)}; };
    auto const number = [&](std::string_view sql) { return condition{sql, term.number}; };
    switch (term.kind) {
        case search_term::words: return {"holds(s.words, ?)", as_searched(term.text), true};
        case search_term::from: return text("holds(s.sender, ?)");
        case search_term::to: return text("holds(s.recipients, ?)");
        case search_term::cc: return text("holds(s.copied, ?)");
        case search_term::subject: return text("holds(s.subject, ?)");
        case search_term::tag:
            return {"holds(fold_case(m.tags), ?)", std::string("\n").append(as_searched(term.text)).append("\n")};
        case search_term::inbox: return {"m.inbox = ?", term.text};
        case search_term::attachment: return {"m.attachments > 0", {}};
        case search_term::unread: return {"m.unread <> 0", {}};
        case search_term::read: return {"m.unread = 0", {}};
        case search_term::before: return number("m.received < ?");
        case search_term::since: return number("m.received >= ?");
        case search_term::larger: return number("m.size > ?");
        case search_term::smaller: return number("m.size < ?");
    }
    return {"1", {}};
}

struct negatable {
    condition asked;
    bool negated;
};

// What is cheap to ask stands first: SQLite asks in the order of writing, and stops at the first no.
std::vector<negatable> conditions_of(selection const& meant) {
    std::vector<negatable> all;
    if (meant.inbox) all.push_back({{"m.inbox = ?", *meant.inbox}, false});
    for (auto const& term : meant.query.terms) all.push_back({condition_of(term), term.negated});
    std::stable_partition(all.begin(), all.end(), [](negatable const& one) { return !one.asked.reads_words; });
    return all;
}

std::string sql_of(std::vector<negatable> const& conditions) {
    // CROSS JOIN: messages first, then the text of those that are left.
    std::string sql =
        "SELECT m.seq, m.unread FROM message m CROSS JOIN search s ON s.seq = m.seq WHERE m.seq BETWEEN ? AND ?";
    for (auto const& [asked, negated] : conditions)
        sql.append(negated ? " AND NOT (" : " AND (").append(asked.sql).append(")");
    return sql + " ORDER BY m.seq DESC";
}

}  // namespace

found_messages search_between(sqlite::database& in, place first, place last, selection const& meant) {
    auto const conditions = conditions_of(meant);
    sqlite::statement rows(in, sql_of(conditions));
    rows.bind(first).bind(last);
    for (auto const& one : conditions) {
        if (!one.asked.value) continue;
        std::visit([&](auto const& value) { rows.bind(value); }, *one.asked.value);
    }
    found_messages found;
    while (rows.step()) {
        found.places.push_back(rows.integer(0));
        found.unread += rows.integer(1) != 0;
    }
    return found;
}

}  // namespace postrider::devserver
