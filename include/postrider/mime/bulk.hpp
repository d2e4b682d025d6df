#pragma once
#include <cstdint>
#include <postrider/mime/message.hpp>
#include <string_view>

/// What mail to many, and mail that no person wrote, says of itself, so that readers can leave and machines do not answer.
///
/// All throw mime::error: bad_field_body for what is no URI or identifier; control_character.
namespace postrider::mime {

/// How to leave: List-Unsubscribe (RFC 2369), and with an https URL List-Unsubscribe-Post, so that a reader's mailer does
/// it with one click (RFC 8058). Large receivers want both of whoever sends in bulk.
///     mime::list_unsubscribe(mail, "https://example.com/leave?id=opaque", "leave@example.com?subject=opaque");
/// `url`      https; it must leave on a POST without cookies, login or question, and hold what tells the reader. An http
///            URL cannot have one click: it is refused without a `mailto` beside it.
/// `mailto`   an address, or one with "?subject=..."; "mailto:" may stand in front.
/// Either may be empty, not both. The fields that stand are replaced. DKIM must sign both (RFC 8058 §4).
message& list_unsubscribe(message& mail, std::string_view url, std::string_view mailto = {});

/// List-Id: which list it is, the same for ever: a name like a domain's, "news.example.com".               RFC 2919
message& identify_list(message& mail, std::string_view id, std::string_view description = {});

/// The other URIs of RFC 2369: https, http or mailto.
message& list_help(message& mail, std::string_view uri);
message& list_subscribe(message& mail, std::string_view uri);
message& list_owner(message& mail, std::string_view uri);
message& list_archive(message& mail, std::string_view uri);
message& list_post(message& mail, std::string_view uri);  ///< "NO": nobody may write to the list

/// Who wrote it, a program by itself or in answer to a message. Programs do not answer either.              RFC 3834 §5
enum class submission : std::uint8_t { auto_generated, auto_replied };
message& auto_submitted(message& mail, submission how = submission::auto_generated);

/// Mail to many: no holiday notice in answer. `Precedence: bulk`, and for Exchange, which does not heed it,
/// X-Auto-Response-Suppress.
message& mark_as_bulk(message& mail);

/// Asks the reader's mailer to tell when the message was seen; it may refuse. Disposition-Notification-To.    RFC 8098 §2.1
message& request_read_receipt(message& mail, address_list to);

}  // namespace postrider::mime
