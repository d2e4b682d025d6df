#pragma once
#include <optional>
#include <postrider/proto/smtp/reply.hpp>
#include <string>
#include <string_view>

namespace postrider::smtp::server_side {

/// The argument of MAIL and RCPT, up to its parameters.                             RFC 5321 §4.1.2, RFC 6531 §3.3
///     Path         = "<" [ A-d-l ":" ] Mailbox ">"
///     A-d-l        = "@" Domain *( "," "@" Domain )          a source route: read and dropped
///     Mailbox      = Local-part "@" ( Domain / address-literal )
///     Local-part   = Dot-string / Quoted-string
enum class path_kind {
    reverse,  ///< "<>" is the null reverse-path
    forward,  ///< "<Postmaster>" needs no domain
};

struct path {
    std::string address;   ///< as it was written, without brackets and route
    bool is_8bit = false;  ///< holds UTF-8: needs SMTPUTF8
};

enum class path_fault {
    none,
    syntax,    ///< 501
    too_long,  ///< 553: RFC 5321 §4.5.3.1: 64 octets of local-part, 255 of domain, 256 of path
};

/// Takes a path from the front of `text`, which is then what stands behind it: nothing, or a space and parameters.
path_fault parse_path(std::string_view& text, path_kind, path& parsed);

/// "[192.0.2.1]", "[IPv6:2001:db8::1]" or "[tag:content]".                                       RFC 5321 §4.1.3
bool is_address_literal(std::string_view text) noexcept;

/// Labels of letters, digits, hyphens and UTF-8, with single dots between them.
bool is_domain(std::string_view text) noexcept;

}  // namespace postrider::smtp::server_side
