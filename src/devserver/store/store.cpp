#include "store.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/digest.hpp>
#include <utility>

#include "rows.hpp"
#include "schema.hpp"
#include "tables.hpp"

/// What changes the store.
namespace postrider::devserver {
namespace {

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

store::tables::tables(std::string const& file) : database(file), lasting(!file.empty()) {
    // A power cut may take the last messages of a dev server's file, never the file.
    if (!file.empty()) database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    bring_up_to_date(database);
    account = ledger_of(database);
}

void store::tables::put_off(place at, std::string packed) {
    unsettled_octets += packed.size();
    unsettled[at] += std::move(packed);
}

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

}  // namespace postrider::devserver
