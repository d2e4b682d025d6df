#include <algorithm>
#include <utility>

#include "rows.hpp"
#include "search.hpp"
#include "tables.hpp"

/// What looks into the store and leaves it as it is.
namespace postrider::devserver {
namespace {

using sqlite::statement;

constexpr std::uint64_t looked_at_together = 256;

}  // namespace

std::vector<place> store::places_of(std::span<std::string const> ids) const {
    std::lock_guard lock(one_at_a_time_);
    std::vector<place> places;
    for (auto const& id : ids)
        if (auto at = place_of(tables_->database, id)) places.push_back(at);
    return places;
}

std::vector<caught_message> store::at(std::span<place const> places) const {
    std::lock_guard lock(one_at_a_time_);
    std::vector<caught_message> messages;
    for (auto one : places)
        if (auto message = message_at(tables_->database, one)) messages.push_back(*std::move(message));
    return messages;
}

message_page store::list(std::uint64_t limit, std::uint64_t offset, std::optional<std::string_view> inbox) const {
    std::lock_guard lock(one_at_a_time_);
    auto const [total, unread] = tables_->account.count(inbox);
    message_page page{total, unread, {}};
    for (auto at : tables_->account.page(inbox, limit, offset))
        if (auto message = message_at(tables_->database, at)) page.messages.push_back(*std::move(message));
    return page;
}

std::optional<found_messages> store::search(selection const& meant, deadline end) const {
    found_messages found;
    std::vector<place> places;
    for (place before = INT64_MAX;; before = places.back()) {
        if (std::chrono::steady_clock::now() > end) return std::nullopt;
        std::lock_guard lock(one_at_a_time_);
        places = tables_->account.older(meant.inbox, before, looked_at_together);
        if (places.empty()) return found;
        auto const more = search_between(tables_->database, places.back(), places.front(), meant);
        found.places.insert(found.places.end(), more.places.begin(), more.places.end());
        found.unread += more.unread;
    }
}

std::optional<caught_message> store::newest(selection const& meant, std::string_view to, std::string_view subject,
                                            deadline end) const {
    std::vector<place> places;
    for (place before = INT64_MAX; std::chrono::steady_clock::now() <= end; before = places.back()) {
        std::lock_guard lock(one_at_a_time_);
        places = tables_->account.older(meant.inbox, before, looked_at_together);
        if (places.empty()) break;
        for (auto at : search_between(tables_->database, places.back(), places.front(), meant).places)
            if (auto message = message_at(tables_->database, at); message && answers(*message, to, subject))
                return message;
    }
    return std::nullopt;
}

bool store::is_meant(std::string_view id, selection const& meant) const {
    std::lock_guard lock(one_at_a_time_);
    auto const at = place_of(tables_->database, id);
    return at != 0 && !search_between(tables_->database, at, at, meant).places.empty();
}

std::optional<caught_message> store::find(std::string_view id) const {
    std::lock_guard lock(one_at_a_time_);
    return message_at(tables_->database, place_of(tables_->database, id));
}

std::optional<std::string> store::octets(std::string_view id) const {
    std::lock_guard lock(one_at_a_time_);
    statement find(tables_->database, "SELECT octets FROM content JOIN message USING (seq) WHERE id = ?");
    if (!find.bind(id).step()) return std::nullopt;
    return find.text(0);
}

std::map<std::string, std::uint64_t> store::sizes_with_crlf() const {
    std::lock_guard lock(one_at_a_time_);
    std::map<std::string, std::uint64_t> sizes;
    statement rows(tables_->database, "SELECT id, with_crlf FROM message WHERE with_crlf IS NOT NULL");
    while (rows.step()) sizes.emplace(rows.text(0), static_cast<std::uint64_t>(rows.integer(1)));
    return sizes;
}

std::optional<std::string> store::envelope(std::string_view id) const {
    std::lock_guard lock(one_at_a_time_);
    statement find(tables_->database, "SELECT envelope FROM content JOIN message USING (seq) WHERE id = ?");
    if (!find.bind(id).step()) return std::nullopt;
    return find.text(0);
}

std::optional<std::vector<transcript_line>> store::transcript(std::string_view id) const {
    std::lock_guard lock(one_at_a_time_);
    settle_dialogues();
    auto const at = place_of(tables_->database, id);
    if (at == 0) return std::nullopt;
    statement row(tables_->database, "SELECT lines FROM dialogue WHERE seq = ?");
    return row.bind(at).step() ? unpack(row.text(0)) : std::vector<transcript_line>();
}

ledger::sums store::count(std::optional<std::string_view> inbox) const {
    std::lock_guard lock(one_at_a_time_);
    return tables_->account.count(inbox);
}

std::map<std::string, ledger::sums, std::less<>> store::inboxes() const {
    std::lock_guard lock(one_at_a_time_);
    return tables_->account.inboxes();
}

std::map<std::string, std::uint64_t> store::tags() const {
    std::lock_guard lock(one_at_a_time_);
    return tables_->account.tags();
}

store::effort store::done() const {
    std::lock_guard lock(one_at_a_time_);
    auto const& done = tables_->database.done();
    return {done.rows_scanned, done.operations};
}

bool answers(caught_message const& message, std::string_view to, std::string_view subject) {
    auto is_asked = [&](std::string const& address) { return matches_pattern(to, address); };
    return (to.empty() || std::any_of(message.to.begin(), message.to.end(), is_asked)) &&
           (subject.empty() || as_searched(message.subject).find(as_searched(subject)) != std::string::npos);
}

}  // namespace postrider::devserver
