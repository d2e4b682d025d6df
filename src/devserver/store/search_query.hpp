#pragma once
#include <cstdint>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "problem.hpp"

namespace postrider::devserver {

/// One condition of a search.
struct search_term {
    enum kinds {
        words,    ///< anywhere in addresses, header and text
        from,     ///< in the reverse-path or the From field
        to,       ///< in a forward-path or the To field
        cc,       ///< in the Cc field
        subject,  ///< in the decoded Subject
        tag,      ///< one of the tags, whole
        inbox,    ///< the inbox, whole
        attachment,
        unread,
        read,
        before,  ///< received before `number`
        since,   ///< received at `number` or later
        larger,  ///< than `number` octets
        smaller,
    };
    kinds kind = words;
    bool negated = false;
    std::string text;         ///< as it was written, without its quotes
    std::int64_t number = 0;  ///< octets, or milliseconds since 1970 began, UTC
    friend bool operator==(search_term const&, search_term const&) = default;
};

/// What a person looks for: messages that meet all of the terms. Without terms, all messages.
struct search_query {
    std::vector<search_term> terms;
    bool empty() const noexcept { return terms.empty(); }
};

/// The search language.
///     query  = *blank [ term *( 1*blank term ) ] *blank
///     term   = [ "-" ] ( field ":" value / value )                     "-": messages that do not meet it
///     field  = "from" / "to" / "cc" / "subject" / "tag" / "inbox" / "has" / "is" / "before" / "after" /
///              "larger" / "smaller"                                    without case
///     value  = quoted / 1*( any character but blanks )
///     quoted = DQUOTE *( any character but DQUOTE ) DQUOTE              words in a row
/// `has:attachment`; `is:unread`, `is:read`; `before:` and `after:` take a day (2026-11-21) or a time of it
/// (2026-11-21T08:30, ...T08:30:15), in UTC, and `after:` holds for that day itself; `larger:` and `smaller:` take
/// octets, or so many K, M or G (1024 each). What has no field's form (12:30, :-) is a word; letters in front of a colon
/// must be a field: "quote" what is none.
///
/// Pure. Takes any octets, limits::search_octets and limits::search_terms of them at most.
/// errors     std::errc::invalid_argument; `why` tells what is wrong, and at which character ("at").
result<search_query> parse_search_query(std::string_view text, complaint& why);

}  // namespace postrider::devserver
