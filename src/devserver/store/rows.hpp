#pragma once
#include <postrider/devserver/catch_all.hpp>
#include <string_view>

#include "arrival.hpp"
#include "ledger.hpp"
#include "sqlite.hpp"

/// Single rows of the store's tables.
namespace postrider::devserver {

place insert_message(sqlite::database&, caught_message const&);
/// Most messages came with CRLF: for them there is nothing to note.
void note_size_with_crlf(sqlite::database&, place, std::string_view octets);
/// The message stands already; its size with CRLF is noted as well.
void insert_content(sqlite::database&, place, new_message const&);
void insert_searched(sqlite::database&, place, searched_text const&);
/// `packed`   lines, behind those that are there
void append_dialogue(sqlite::database&, place, std::string_view packed);

place place_of(sqlite::database&, std::string_view id);  ///< 0 if there is none
std::optional<caught_message> message_at(sqlite::database&, place);
void update_state(sqlite::database&, place, caught_message const&);  ///< unread and tags
void erase_message(sqlite::database&, place);                        ///< with all that hangs on it
void erase_messages(sqlite::database&);

ledger_entry entry_of(place, caught_message const&);
ledger ledger_of(sqlite::database&);  ///< reads through all messages

}  // namespace postrider::devserver
