#pragma once
#include <postrider/mime/address.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

/// What an answer needs to know of the message it answers. Everything is total: what makes no sense is passed over.
namespace postrider::mime {

/// The mailboxes of all fields of that name, groups flattened, fit to be written to.
std::vector<mailbox> mailboxes_of(parsed_part const& message, std::string_view field_name);

/// A field body of one line, in UTF-8; empty if there is none.
std::string line_of(parsed_part const& message, std::string_view field_name);

/// The Date as it was written, in one spelling; empty where it makes no sense.
std::string date_of(parsed_part const& message);

/// In-Reply-To and References of an answer: the ancestors' identifiers, the first and the nearest of them, and the
/// message's own. Neither, where the message has no identifier.                                    RFC 5322 §3.6.4
void continue_thread(message& answer, parsed_part const& of);

/// The text of a message's body as lines ended by LF, without control characters: flowed paragraphs whole, HTML as
/// text, several parts one below the other.
std::string body_text(parsed_message const& message, bool keep_signature);

}  // namespace postrider::mime
