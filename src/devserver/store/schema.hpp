#pragma once
#include "sqlite.hpp"

namespace postrider::devserver {

/// Makes the tables of a new file, and brings those of a former version up to date, all at once or not at all.
///     message    what lists show; `seq` is the order of arrival
///     content    the octets, and what MAIL and RCPT said, as JSON
///     search     what searches look at: case folded, blanks collapsed
///     dialogue   the lines of each message's dialogue, packed (transcript_line.hpp)
/// Octets stand apart from what lists show, so that a list never reads through them.
/// errors     throws as sqlite does; std::errc::not_supported for a file of a later version than this program knows.
void bring_up_to_date(sqlite::database&);

}  // namespace postrider::devserver
