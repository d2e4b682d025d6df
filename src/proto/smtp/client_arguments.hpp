#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client_session.hpp"

/// What a caller may not put into a command. Found before anything is sent, so that nobody's address book can add a
/// command of its own to the dialogue.
namespace postrider::smtp::client_side {

/// The failure, or nothing if the argument is fit to be sent.
using objection = std::optional<failure>;

/// A command line: no control character, CR and LF among them.
objection check_line(std::string_view line, phase);
/// The name in EHLO: no control character, no space, not empty.
objection check_hello_name(std::string_view name);
/// An addr-spec without angle brackets; outside of a quoted-string it holds no space and no angle bracket.
/// The empty one is the null reverse-path: right for MAIL, wrong for RCPT.
objection check_path(std::string_view address, phase);
/// esmtp-keyword and esmtp-value.                                                                RFC 5321 §4.1.2
objection check_parameters(std::vector<parameter> const&, phase);
/// All of an envelope, which also has a recipient.
objection check_envelope(envelope const&);

/// Whether a path of the envelope, or one of its parameters, wants SMTPUTF8.                         RFC 6531 §3.2
bool beyond_ascii(envelope const&) noexcept;
bool beyond_ascii(std::vector<parameter> const&) noexcept;

/// Whether this server can be told of an address: as it is, or without SMTPUTF8 with its domain in A-labels. A local
/// part beyond ASCII has no other form.                                                        RFC 6531 §3.2, RFC 5891
bool can_be_told(session const&, std::string_view address);

/// "MAIL FROM:<a@b> SIZE=10", with a path that can be told; parameters only towards a server that does ESMTP.
std::string command_with_path(session const&, std::string_view verb, std::string_view path,
                              std::vector<parameter> const&);

}  // namespace postrider::smtp::client_side
