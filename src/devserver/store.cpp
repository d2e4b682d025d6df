#include "store.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>

#include "store_sqlite.hpp"

namespace postrider::devserver {
namespace {

using sqlite::statement;
using time_point = std::chrono::system_clock::time_point;
using milliseconds = std::chrono::milliseconds;

// Octets stand apart from what lists show, so that a list never reads through them.
constexpr char schema[] = R"(
    CREATE TABLE IF NOT EXISTS message (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        sender TEXT NOT NULL,
        recipients TEXT NOT NULL,
        subject TEXT NOT NULL,
        date TEXT NOT NULL,
        received INTEGER NOT NULL,
        size INTEGER NOT NULL,
        unread INTEGER NOT NULL,
        discarded INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS content (
        seq INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
        octets BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS transcript (
        seq INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
        n INTEGER NOT NULL,
        at INTEGER NOT NULL,
        side INTEGER NOT NULL,
        line TEXT NOT NULL,
        PRIMARY KEY (seq, n)) WITHOUT ROWID;
)";

std::string select_messages(std::string_view rest) {
    return "SELECT id, sender, recipients, subject, date, received, size, unread, discarded FROM message " +
           std::string(rest);
}

std::int64_t to_number(time_point when) {
    return std::chrono::duration_cast<milliseconds>(when.time_since_epoch()).count();
}

time_point to_time(std::int64_t number) {
    return time_point(milliseconds(number));
}

// No address holds a line feed, so lines carry the list.
std::string join(std::vector<std::string> const& addresses) {
    std::string lines;
    for (auto const& address : addresses) lines += (lines.empty() ? "" : "\n") + address;
    return lines;
}

std::vector<std::string> split(std::string_view lines) {
    std::vector<std::string> addresses;
    while (!lines.empty()) {
        auto end = std::min(lines.find('\n'), lines.size());
        addresses.emplace_back(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return addresses;
}

caught_message row_of(statement const& row) {
    caught_message message;
    message.id = row.text(0);
    message.from = row.text(1);
    message.to = split(row.text(2));
    message.subject = row.text(3);
    message.date = row.text(4);
    message.received = to_time(row.integer(5));
    message.size = static_cast<std::uint64_t>(row.integer(6));
    message.unread = row.integer(7) != 0;
    message.discarded = row.integer(8) != 0;
    return message;
}

// The pattern of LIKE that finds `text` anywhere, with no character of it standing for another.
std::string like(std::string_view text) {
    std::string pattern = "%";
    for (char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

std::string random_id(host const& machine) {
    std::array<char, 8> octets;
    machine.random(octets);
    return to_hex({octets.data(), octets.size()});
}

bool holds(std::string_view text, std::string_view part) {
    constexpr auto same = [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); };
    return part.empty() || std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

}  // namespace

struct store::tables {
    sqlite::database database;

    std::int64_t sequence_of(std::string_view id) {
        statement find(database, "SELECT seq FROM message WHERE id = ?");
        return find.bind(id).step() ? find.integer(0) : 0;
    }

    void insert_summary(caught_message const& message) {
        auto recipients = join(message.to);
        statement(database,
                  "INSERT INTO message (id, sender, recipients, subject, date, received, size, unread, discarded)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)")
            .bind(message.id)
            .bind(message.from)
            .bind(recipients)
            .bind(message.subject)
            .bind(message.date)
            .bind(to_number(message.received))
            .bind(static_cast<std::int64_t>(message.size))
            .bind(std::int64_t{message.discarded})
            .step();
    }

    void insert_transcript(std::int64_t sequence, std::vector<transcript_line> const& lines) {
        statement last(database, "SELECT coalesce(max(n), 0) FROM transcript WHERE seq = ?");
        last.bind(sequence).step();
        auto n = last.integer(0);
        statement insert(database, "INSERT INTO transcript (seq, n, at, side, line) VALUES (?, ?, ?, ?, ?)");
        for (auto const& line : lines) {
            auto side = std::int64_t{line.from == trace_side::server};
            insert.bind(sequence).bind(++n).bind(to_number(line.at)).bind(side).bind(line.line).step();
            insert.reset();
        }
    }
};

store::store(std::string const& file, std::size_t keep, host const& machine)
    : host_(machine), keep_(keep), tables_(new tables{sqlite::database(file)}) {
    auto& database = tables_->database;
    // A power cut may take the last messages of a dev server's file, never the file.
    if (!file.empty()) database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    database.run("PRAGMA foreign_keys = ON");
    database.run(schema);
    statement count(database, "SELECT count(*) FROM message");
    count.step();
    count_ = static_cast<std::uint64_t>(count.integer(0));
    prune();
}

store::~store() = default;

caught_message store::add(new_message const& fresh) {
    std::lock_guard lock(one_at_a_time_);
    caught_message message{random_id(host_), fresh.from, fresh.to, fresh.subject,  fresh.date,
                           host_.now(),      fresh.size, true,     fresh.discarded};
    sqlite::transaction whole(tables_->database);
    tables_->insert_summary(message);
    auto sequence = tables_->sequence_of(message.id);
    statement(tables_->database, "INSERT INTO content (seq, octets) VALUES (?, ?)")
        .bind(sequence)
        .bind_blob(fresh.octets)
        .step();
    tables_->insert_transcript(sequence, fresh.transcript);
    whole.commit();
    ++count_;
    prune();
    return message;
}

void store::prune() {
    if (keep_ == 0 || count_ <= keep_) return;
    statement(tables_->database, "DELETE FROM message WHERE seq IN (SELECT seq FROM message ORDER BY seq LIMIT ?)")
        .bind(static_cast<std::int64_t>(count_ - keep_))
        .step();
    count_ = keep_;
}

void store::append_transcript(std::string_view id, std::vector<transcript_line> const& lines) {
    std::lock_guard lock(one_at_a_time_);
    sqlite::transaction whole(tables_->database);
    if (auto sequence = tables_->sequence_of(id)) tables_->insert_transcript(sequence, lines);
    whole.commit();
}

void store::mark_read(std::string_view id) {
    std::lock_guard lock(one_at_a_time_);
    statement(tables_->database, "UPDATE message SET unread = 0 WHERE id = ? AND unread = 1").bind(id).step();
}

bool store::remove(std::string_view id) {
    std::lock_guard lock(one_at_a_time_);
    auto sequence = tables_->sequence_of(id);
    if (sequence == 0) return false;
    statement(tables_->database, "DELETE FROM message WHERE seq = ?").bind(sequence).step();
    --count_;
    return true;
}

void store::clear() {
    std::lock_guard lock(one_at_a_time_);
    tables_->database.run("DELETE FROM message");
    count_ = 0;
}

message_page store::list(std::uint64_t limit, std::uint64_t offset, std::string_view query) const {
    std::lock_guard lock(one_at_a_time_);
    constexpr auto cap = [](std::uint64_t number) {
        return static_cast<std::int64_t>(std::min<std::uint64_t>(number, INT64_MAX));
    };
    constexpr std::string_view found =
        "WHERE sender LIKE ?1 ESCAPE '\\' OR recipients LIKE ?1 ESCAPE '\\' OR subject LIKE ?1 ESCAPE '\\' ";
    auto pattern = like(query);
    message_page page{count_, {}};
    if (!query.empty()) {
        statement count(tables_->database, "SELECT count(*) FROM message " + std::string(found));
        count.bind(pattern).step();
        page.total = static_cast<std::uint64_t>(count.integer(0));
    }
    auto condition = std::string(query.empty() ? "WHERE ?1 <> '' " : found);
    statement rows(tables_->database, select_messages(condition + "ORDER BY seq DESC LIMIT ?2 OFFSET ?3"));
    rows.bind(pattern).bind(cap(limit)).bind(cap(offset));
    while (rows.step()) page.messages.push_back(row_of(rows));
    return page;
}

std::optional<caught_message> store::find(std::string_view id) const {
    std::lock_guard lock(one_at_a_time_);
    statement find(tables_->database, select_messages("WHERE id = ?"));
    if (!find.bind(id).step()) return std::nullopt;
    return row_of(find);
}

std::optional<caught_message> store::newest(std::string_view to, std::string_view subject) const {
    std::lock_guard lock(one_at_a_time_);
    statement rows(tables_->database, select_messages("ORDER BY seq DESC"));
    while (rows.step())
        if (auto message = row_of(rows); answers(message, to, subject)) return message;
    return std::nullopt;
}

std::optional<std::string> store::octets(std::string_view id) const {
    std::lock_guard lock(one_at_a_time_);
    statement find(tables_->database, "SELECT octets FROM content JOIN message USING (seq) WHERE id = ?");
    if (!find.bind(id).step()) return std::nullopt;
    return find.text(0);
}

std::optional<std::vector<transcript_line>> store::transcript(std::string_view id) const {
    std::lock_guard lock(one_at_a_time_);
    auto sequence = tables_->sequence_of(id);
    if (sequence == 0) return std::nullopt;
    std::vector<transcript_line> lines;
    statement rows(tables_->database, "SELECT at, side, line FROM transcript WHERE seq = ? ORDER BY n");
    rows.bind(sequence);
    while (rows.step())
        lines.push_back(
            {to_time(rows.integer(0)), rows.integer(1) ? trace_side::server : trace_side::client, rows.text(2)});
    return lines;
}

bool answers(caught_message const& message, std::string_view to, std::string_view subject) {
    auto is_asked = [&](std::string const& address) { return matches_pattern(to, address); };
    return (to.empty() || std::any_of(message.to.begin(), message.to.end(), is_asked)) &&
           holds(message.subject, subject);
}

}  // namespace postrider::devserver
