#pragma once
#include <postrider/mime/message.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/safe_name.hpp>

namespace postrider::mime {

/// Adds a leaf or an enclosed message of one that was read to one that is composed: its content decoded, under a safe
/// name. `shown` says whether there is HTML that can show it by its Content-ID.
void enclose(message& mail, parsed_part const& part, distinct_names& names, bool shown);

}  // namespace postrider::mime
