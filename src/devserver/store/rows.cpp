#include "rows.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace postrider::devserver {
namespace {

using sqlite::database;
using sqlite::statement;

// Each tag between line feeds, so that a whole one can be looked for.
std::string enclosed(std::vector<std::string> const& tags) {
    return tags.empty() ? std::string() : '\n' + to_lines(tags) + '\n';
}

std::vector<std::string> tags_in(std::string_view enclosed) {
    return enclosed.empty() ? std::vector<std::string>() : from_lines(enclosed.substr(1));
}

caught_message row_of(statement const& row) {
    caught_message message;
    message.id = row.text(0);
    message.from = row.text(1);
    message.to = from_lines(row.text(2));
    message.subject = row.text(3);
    message.date = row.text(4);
    message.received = to_time(row.integer(5));
    message.size = static_cast<std::uint64_t>(row.integer(6));
    message.unread = row.integer(7) != 0;
    message.discarded = row.integer(8) != 0;
    message.inbox = row.text(9);
    message.tags = tags_in(row.text(10));
    message.attachments = static_cast<std::uint64_t>(row.integer(11));
    message.preview = row.text(12);
    return message;
}

/// How many CR are not followed by LF, and how many LF do not follow a CR.
std::uint64_t lone_line_ends(std::string_view octets) noexcept {
    if (octets.empty()) return 0;
    std::uint64_t lone = (octets.front() == '\n') + (octets.back() == '\r');
    for (std::size_t at = 1; at < octets.size();) {
        // So few at a time that their number fits an octet: then many are compared together.
        std::uint8_t some = 0;
        for (auto const stop = std::min(at + UINT8_MAX, octets.size()); at < stop; ++at)
            some += (octets[at] == '\n') != (octets[at - 1] == '\r');
        lone += some;
    }
    return lone;
}

// A lone CR or LF becomes CRLF, and so does a missing end of the last line.
std::uint64_t size_with_crlf(std::string_view octets) noexcept {
    bool const ends_in_line = !octets.empty() && octets.back() != '\n' && octets.back() != '\r';
    return octets.size() + lone_line_ends(octets) + (ends_in_line ? 2 : 0);
}

}  // namespace

place insert_message(database& in, caught_message const& message) {
    auto const recipients = to_lines(message.to), tags = enclosed(message.tags);
    statement(in,
              "INSERT INTO message (id, sender, recipients, subject, date, received, size, unread, discarded, inbox,"
              " tags, attachments, preview) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(message.id)
        .bind(message.from)
        .bind(recipients)
        .bind(message.subject)
        .bind(message.date)
        .bind(to_milliseconds(message.received))
        .bind(static_cast<std::int64_t>(message.size))
        .bind(std::int64_t{message.unread})
        .bind(std::int64_t{message.discarded})
        .bind(message.inbox)
        .bind(tags)
        .bind(static_cast<std::int64_t>(message.attachments))
        .bind(message.preview)
        .step();
    return in.last_insert();
}

void note_size_with_crlf(database& in, place at, std::string_view octets) {
    auto const size = size_with_crlf(octets);
    if (size == octets.size()) return;
    statement(in, "UPDATE message SET with_crlf = ? WHERE seq = ?")
        .bind(static_cast<std::int64_t>(size))
        .bind(at)
        .step();
}

void insert_content(database& in, place at, new_message const& fresh) {
    note_size_with_crlf(in, at, fresh.octets);
    statement(in, "INSERT INTO content (seq, octets, envelope) VALUES (?, ?, ?)")
        .bind(at)
        .bind_blob(fresh.octets)
        .bind(fresh.envelope)
        .step();
}

void insert_searched(database& in, place at, searched_text const& text) {
    statement(in, "INSERT INTO search (seq, sender, recipients, copied, subject, words) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(at)
        .bind(text.sender)
        .bind(text.recipients)
        .bind(text.copied)
        .bind(text.subject)
        .bind(text.words)
        .step();
}

void append_dialogue(database& in, place at, std::string_view packed) {
    statement(in,
              "INSERT INTO dialogue (seq, lines) VALUES (?, ?)"
              " ON CONFLICT (seq) DO UPDATE SET lines = lines || excluded.lines")
        .bind(at)
        .bind_blob(packed)
        .step();
}

place place_of(database& in, std::string_view id) {
    statement find(in, "SELECT seq FROM message WHERE id = ?");
    return find.bind(id).step() ? find.integer(0) : 0;
}

std::optional<caught_message> message_at(database& in, place at) {
    statement find(in,
                   "SELECT id, sender, recipients, subject, date, received, size, unread, discarded, inbox, tags,"
                   " attachments, preview FROM message WHERE seq = ?");
    if (!find.bind(at).step()) return std::nullopt;
    return row_of(find);
}

void update_state(database& in, place at, caught_message const& message) {
    auto const tags = enclosed(message.tags);
    statement(in, "UPDATE message SET unread = ?, tags = ? WHERE seq = ?")
        .bind(std::int64_t{message.unread})
        .bind(tags)
        .bind(at)
        .step();
}

void erase_message(database& in, place at) {
    for (auto sql : {"DELETE FROM message WHERE seq = ?", "DELETE FROM content WHERE seq = ?",
                     "DELETE FROM search WHERE seq = ?", "DELETE FROM dialogue WHERE seq = ?"})
        statement(in, sql).bind(at).step();
}

void erase_messages(database& in) {
    in.run("DELETE FROM message; DELETE FROM content; DELETE FROM search; DELETE FROM dialogue");
}

ledger_entry entry_of(place at, caught_message const& message) {
    return {at, message.inbox, message.unread, message.tags};
}

ledger ledger_of(database& in) {
    ledger counted;
    statement rows(in, "SELECT seq, inbox, unread, tags FROM message ORDER BY seq");
    while (rows.step()) counted.add({rows.integer(0), rows.text(1), rows.integer(2) != 0, tags_in(rows.text(3))});
    return counted;
}

}  // namespace postrider::devserver
