#pragma once
#include <cstddef>
#include <postrider/mime/address.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Answers to a message that was read.                                                          RFC 5322 §3.6.2-3.6.5
///
///     auto original = mime::parse(octets);
///     auto answer = mime::reply_to_message(original, {.from = "me@example.com", .text = "Thank you.\n"});
namespace postrider::mime {

struct reply_options {
    address_list from = {};                       ///< who answers
    std::vector<std::string> own_addresses = {};  ///< addr-specs that are the writer's too: none of them gets a copy
    bool all = false;                             ///< those in To and Cc get a copy
    bool to_list = false;                         ///< to the address of List-Post, if there is one, and nobody else
    bool heed_mail_followup_to = true;            ///< with `all`: to whom the author wants answers to go
    std::string text = {};                        ///< the answer; the quotation stands below it
    bool quote = true;
    std::string attribution = "On {date}, {author} wrote:";  ///< above the quotation; {address} is known too
    bool keep_signature = false;                             ///< quote what stands behind "-- " as well
};

/// The answer as a message of its own: To the Reply-To or else the From of `original` (to its To, if the writer
/// answers to what he wrote himself), "Re: " once before the subject whatever language's mark it has, In-Reply-To and
/// References, the text quoted. More may be added to it: attachments, HTML.
///
/// Nothing in `original` makes it throw: addresses, identifiers and names that make no sense are passed over.
/// Throws mime::error for what stands in `options`: control_character, unencodable.
message reply_to_message(parsed_message const& original, reply_options const& options = {});

/// The original's text with "> " before each line; paragraphs of flowed text are whole (RFC 3676), HTML is text. What
/// lies behind the first limits::quoted_octets is left out, and said to be.
std::string quoted_text(parsed_message const& original, bool keep_signature = false);

/// "Re: subject" / "Fwd: subject", the mark once, whatever marks stood there: "AW: Re[2]: x" and "回复：x" are "Re: x".
std::string reply_subject(std::string_view subject);
std::string forward_subject(std::string_view subject);

}  // namespace postrider::mime
