#include "store.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/digest.hpp>
#include <utility>

#include "store_rows.hpp"
#include "store_schema.hpp"
#include "store_search.hpp"
#include "store_sqlite.hpp"

namespace postrider::devserver {
namespace {

using sqlite::statement;

constexpr std::uint64_t looked_at_together = 256;
constexpr std::size_t changed_together = 256;
constexpr std::size_t id_time_octets = 6;
constexpr std::size_t most_unsettled_octets = 1 << 20;

/// The time, then what nobody can guess. As ids rise, their index grows at its end: were they random, its pages would be
/// put in order ever anew, and SQLite goes through all that it holds in memory each time.
std::string new_id(host::time_point when, host const& machine) {
    std::array<char, 11> octets;
    auto since = std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count();
    for (auto octet = octets.begin() + id_time_octets; octet != octets.begin(); since >>= 8)
        *--octet = static_cast<char>(since & 0xFF);
    machine.random(std::span(octets).subspan(id_time_octets));
    return to_hex({octets.data(), octets.size()});
}

caught_message message_of(new_message const& fresh, host const& machine) {
    caught_message message;
    message.received = machine.now();
    message.id = new_id(message.received, machine);
    message.from = fresh.from;
    message.to = fresh.to;
    message.subject = fresh.described.subject;
    message.date = fresh.described.date;
    message.size = fresh.size;
    message.discarded = fresh.discarded;
    message.inbox = fresh.inbox;
    message.tags = fresh.tags;
    message.attachments = fresh.described.attachments;
    message.preview = fresh.described.preview;
    return message;
}

bool has(std::vector<std::string> const& tags, std::string const& tag) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

caught_message changed(caught_message message, message_change const& by) {
    auto& tags = message.tags;
    message.unread = by.unread.value_or(message.unread);
    if (by.tags) tags.clear();
    for (auto const* more : {by.tags ? &*by.tags : nullptr, &by.add_tags})
        if (more)
            for (auto const& tag : *more)
                if (!has(tags, tag)) tags.push_back(tag);
    std::erase_if(tags, [&](std::string const& tag) { return has(by.remove_tags, tag); });
    return message;
}

}  // namespace

struct store::tables {
    explicit tables(std::string const& file) : database(file), lasting(!file.empty()) {
        // A power cut may take the last messages of a dev server's file, never the file.
        if (!file.empty()) database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        bring_up_to_date(database);
        account = ledger_of(database);
    }

    sqlite::database database;
    bool lasting;  // outlives us
    ledger account;
    std::map<place, std::string> unsettled;  // packed lines that are not written yet
    std::size_t unsettled_octets = 0;

    void put_off(place at, std::string packed) {
        unsettled_octets += packed.size();
        unsettled[at] += std::move(packed);
    }
};

store::store(std::string const& file, store_bounds bounds, host const& machine)
    : host_(machine), bounds_(bounds), tables_(new tables(file)) {
    prune_by_count();
    prune_by_age();
}

store::~store() {
    try {
        settle();
    } catch (std::exception const&) {  // the disk, most likely; nobody is left to be told
    }
}

caught_message store::add(new_message const& fresh) {
    auto message = message_of(fresh, host_);
    std::lock_guard lock(one_at_a_time_);
    auto& database = tables_->database;
    sqlite::transaction whole(database);
    auto const at = insert_message(database, message);
    insert_content(database, at, fresh);
    insert_searched(database, at, fresh.described.searched);
    // What is lost with us anyway need not be written while somebody waits.
    if (tables_->lasting) append_dialogue(database, at, pack(fresh.transcript));
    whole.commit();
    tables_->account.add(entry_of(at, message));
    if (!tables_->lasting) tables_->put_off(at, pack(fresh.transcript));
    if (tables_->unsettled_octets > most_unsettled_octets) settle_dialogues();
    return message;
}

std::vector<caught_message> store::prune_by_count() {
    std::lock_guard lock(one_at_a_time_);
    auto const total = tables_->account.count().total;
    if (bounds_.messages == 0 || total <= bounds_.messages) return {};
    return remove_together(tables_->account.oldest(total - bounds_.messages));
}

std::vector<caught_message> store::prune_by_age() {
    if (bounds_.age.count() == 0) return {};
    auto const too_old = host_.now() - bounds_.age;
    std::lock_guard lock(one_at_a_time_);
    auto old = tables_->account.oldest(UINT64_MAX);
    old.erase(std::find_if(old.begin(), old.end(),
                           [&](place at) {
                               auto const message = message_at(tables_->database, at);
                               return message && message->received >= too_old;
                           }),
              old.end());
    return remove_together(old);
}

void store::append_transcript(std::string_view id, std::vector<transcript_line> const& lines) {
    std::lock_guard lock(one_at_a_time_);
    if (auto at = place_of(tables_->database, id)) tables_->put_off(at, pack(lines));
}

void store::settle() {
    std::lock_guard lock(one_at_a_time_);
    settle_dialogues();
}

void store::settle_dialogues() const {
    if (tables_->unsettled.empty()) return;
    sqlite::transaction whole(tables_->database);
    for (auto const& [at, packed] : tables_->unsettled) append_dialogue(tables_->database, at, packed);
    whole.commit();
    tables_->unsettled.clear();
    tables_->unsettled_octets = 0;
}

std::vector<caught_message> store::change(std::span<place const> places, message_change const& by) {
    std::vector<caught_message> different;
    for (; !places.empty(); places = places.subspan(std::min(places.size(), changed_together))) {
        std::lock_guard lock(one_at_a_time_);
        sqlite::transaction whole(tables_->database);
        std::vector<std::pair<ledger_entry, ledger_entry>> entries;
        for (auto at : places.first(std::min(places.size(), changed_together))) {
            auto const before = message_at(tables_->database, at);
            if (!before) continue;
            auto after = changed(*before, by);
            if (after.unread == before->unread && after.tags == before->tags) continue;
            update_state(tables_->database, at, after);
            entries.emplace_back(entry_of(at, *before), entry_of(at, after));
            different.push_back(std::move(after));
        }
        whole.commit();
        for (auto const& [before, after] : entries) tables_->account.change(before, after);
    }
    return different;
}

std::vector<caught_message> store::remove_together(std::span<place const> places) {
    std::vector<caught_message> gone;
    std::vector<ledger_entry> entries;
    sqlite::transaction whole(tables_->database);
    for (auto at : places) {
        auto one = message_at(tables_->database, at);
        if (!one) continue;
        erase_message(tables_->database, at);
        entries.push_back(entry_of(at, *one));
        gone.push_back(*std::move(one));
    }
    whole.commit();
    for (auto const& entry : entries) {
        tables_->account.remove(entry);
        tables_->unsettled.erase(entry.at);
    }
    return gone;
}

std::vector<caught_message> store::remove(std::span<place const> places) {
    std::vector<caught_message> gone;
    for (; !places.empty(); places = places.subspan(std::min(places.size(), changed_together))) {
        std::lock_guard lock(one_at_a_time_);
        auto some = remove_together(places.first(std::min(places.size(), changed_together)));
        std::move(some.begin(), some.end(), std::back_inserter(gone));
    }
    return gone;
}

void store::clear() {
    std::lock_guard lock(one_at_a_time_);
    sqlite::transaction whole(tables_->database);
    erase_messages(tables_->database);
    whole.commit();
    tables_->account.clear();
    tables_->unsettled.clear();
    tables_->unsettled_octets = 0;
}

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
