#pragma once
#include <cstdint>
#include <optional>
#include <postrider/proto/smtp/envelope.hpp>
#include <postrider/proto/smtp/reply.hpp>
#include <string_view>
#include <vector>

namespace postrider::smtp::server_side {

/// Why a command's argument was refused; nothing when it was not.
using refusal = std::optional<reply>;

/// The ESMTP parameters behind a path.                                                         RFC 5321 §4.1.2
///     *( SP keyword [ "=" value ] )
/// Keywords are raised to upper case; values stand as on the wire, xtext still encoded.
/// refusal    501 5.5.4 for bad syntax and for a keyword that stands twice.
refusal parse_parameters(std::string_view text, std::vector<parameter>& parsed);

/// What the engine itself needs of MAIL's parameters.
struct mail_parameters {
    std::uint64_t size = 0;  ///< SIZE, RFC 1870; 0 when not told
    bool smtputf8 = false;   ///< RFC 6531
};

/// Checks MAIL's parameters: SIZE BODY SMTPUTF8 RET ENVID, and AUTH where it is offered.
/// refusal    555 5.5.4 for an unknown keyword, 501 5.5.4 for a value that is none.
refusal check_mail_parameters(std::vector<parameter> const&, bool auth_offered, mail_parameters&);

/// Checks RCPT's: NOTIFY and ORCPT of RFC 3461.
refusal check_rcpt_parameters(std::vector<parameter> const&, bool smtputf8);

}  // namespace postrider::smtp::server_side
