#pragma once
#include <cstdint>
#include <functional>
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

/// Whether the extension with this keyword is offered now.
using offer_check = std::function<bool(std::string_view keyword)>;

/// What the engine itself needs of MAIL's parameters.
struct mail_parameters {
    std::uint64_t size = 0;  ///< SIZE, RFC 1870; 0 when not told
    bool smtputf8 = false;   ///< RFC 6531
    bool binary = false;     ///< BODY=BINARYMIME, RFC 3030
};

/// Checks MAIL's parameters: SIZE BODY SMTPUTF8 RET ENVID AUTH.
/// refusal    555 5.5.4 for an unknown keyword and one of an extension that is not offered, 501 5.5.4 for a value that
///            is none.
refusal check_mail_parameters(std::vector<parameter> const&, offer_check const&, mail_parameters&);

/// Checks RCPT's: NOTIFY and ORCPT of RFC 3461.
refusal check_rcpt_parameters(std::vector<parameter> const&, offer_check const&, bool smtputf8);

}  // namespace postrider::smtp::server_side
