#pragma once
#include "sqlite.hpp"
#include "store.hpp"

namespace postrider::devserver {

/// The messages from `first` to `last` that are meant, newest first. What people typed is bound, never part of the SQL,
/// and compared octet for octet: there is no pattern in it.
found_messages search_between(sqlite::database&, place first, place last, selection const&);

}  // namespace postrider::devserver
