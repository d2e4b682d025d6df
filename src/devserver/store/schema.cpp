#include "schema.hpp"

#include <array>
#include <string>
#include <system_error>

#include "arrival.hpp"
#include "rows.hpp"
#include "transcript_line.hpp"

namespace postrider::devserver {
namespace {

using sqlite::statement;

constexpr char first_version[] = R"(
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
        seq INTEGER PRIMARY KEY,
        octets BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS transcript (
        seq INTEGER NOT NULL,
        n INTEGER NOT NULL,
        at INTEGER NOT NULL,
        side INTEGER NOT NULL,
        line TEXT NOT NULL,
        PRIMARY KEY (seq, n)) WITHOUT ROWID;
)";

constexpr char second_version[] = R"(
    ALTER TABLE message ADD COLUMN inbox TEXT NOT NULL DEFAULT '';
    ALTER TABLE message ADD COLUMN tags TEXT NOT NULL DEFAULT '';
    ALTER TABLE message ADD COLUMN attachments INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE message ADD COLUMN preview TEXT NOT NULL DEFAULT '';
    ALTER TABLE content ADD COLUMN envelope TEXT NOT NULL DEFAULT '{}';
    CREATE TABLE search (
        seq INTEGER PRIMARY KEY,
        sender TEXT NOT NULL,
        recipients TEXT NOT NULL,
        copied TEXT NOT NULL,
        subject TEXT NOT NULL,
        words TEXT NOT NULL);
    CREATE TABLE dialogue (
        seq INTEGER PRIMARY KEY,
        lines BLOB NOT NULL);
)";

// What the first version did not know of its messages is read from their octets.
void describe_anew(sqlite::database& in) {
    statement rows(in, "SELECT seq, sender, recipients, octets FROM message JOIN content USING (seq)");
    while (rows.step()) {
        auto const octets = rows.text(3);
        auto const described = describe(octets, rows.text(1), rows.text(2));
        statement(in, "UPDATE message SET attachments = ?, preview = ? WHERE seq = ?")
            .bind(static_cast<std::int64_t>(described.attachments))
            .bind(described.preview)
            .bind(rows.integer(0))
            .step();
        insert_searched(in, rows.integer(0), described.searched);
    }
}

void pack_transcripts(sqlite::database& in) {
    statement rows(in, "SELECT seq, at, side, line FROM transcript ORDER BY seq, n");
    while (rows.step()) {
        auto const side = rows.integer(2) ? trace_side::server : trace_side::client;
        auto const packed = pack({{to_time(rows.integer(1)), side, rows.text(3)}});
        append_dialogue(in, rows.integer(0), packed);
    }
    in.run("DROP TABLE transcript");
}

void to_first_version(sqlite::database& in) {
    in.run(first_version);
}

void to_second_version(sqlite::database& in) {
    in.run(second_version);
    describe_anew(in);
    pack_transcripts(in);
}

void to_third_version(sqlite::database& in) {
    in.run("ALTER TABLE message ADD COLUMN with_crlf INTEGER");
    statement rows(in, "SELECT seq, octets FROM content");
    while (rows.step()) note_size_with_crlf(in, rows.integer(0), rows.text(1));
}

constexpr std::array<void (*)(sqlite::database&), 3> steps{to_first_version, to_second_version, to_third_version};

// The first version wrote no number, and its tables are made only where they are not there.
std::size_t version_of(sqlite::database& file) {
    statement asked(file, "PRAGMA user_version");
    return asked.step() ? static_cast<std::size_t>(asked.integer(0)) : 0;
}

}  // namespace

void bring_up_to_date(sqlite::database& file) {
    auto const version = version_of(file);
    if (version == steps.size()) return;
    if (version > steps.size())
        throw std::system_error(make_error_code(std::errc::not_supported), "a later version of this program made it");
    sqlite::transaction whole(file);
    for (auto step = version; step < steps.size(); ++step) steps[step](file);
    file.run(("PRAGMA user_version = " + std::to_string(steps.size())).c_str());
    whole.commit();
}

}  // namespace postrider::devserver
