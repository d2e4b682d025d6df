#include <algorithm>
#include <postrider/core/ascii.hpp>

#include "server_commands.hpp"
#include "server_faults.hpp"
#include "server_session.hpp"

/// The verbs that neither carry mail nor change how it is carried.
namespace postrider::smtp::server_side {

void noop(session& s, std::string_view) {
    s.say(250, {2, 0, 0}, "ok");
}

/// Tells nothing of who is here (RFC 5321 §7.3): RCPT is the question.
void vrfy(session& s, std::string_view argument) {
    if (argument.empty()) return s.say(501, {5, 5, 4}, "VRFY needs an address");
    bool const is_8bit = std::any_of(argument.begin(), argument.end(), ascii::is_8bit);
    bool const smtputf8 = ascii::upper(argument).ends_with(" SMTPUTF8");  // RFC 6531 §3.7.4.2
    if (is_8bit && !smtputf8) return s.say(553, {5, 6, 7}, "this address needs SMTPUTF8");
    s.say(252, {2, 0, 0}, "cannot verify; send, and it will be tried");
}

void expn(session& s, std::string_view) {
    s.say(502, {5, 5, 1}, "EXPN is not offered");
}

void help(session& s, std::string_view) {
    s.say(214, {2, 0, 0}, "EHLO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT: see RFC 5321");
}

void quit(session& s, std::string_view) {
    if (!spared(s, fault_stage::quit)) return;
    s.end(221, {2, 0, 0}, s.options.hostname + " goodbye");
}

void not_from_strangers(session& s, std::string_view) {
    s.say(550, {5, 7, 0}, "not from a stranger");
}

/// A browser that was made to talk to us (cross-protocol scripting) would say headers next, of an attacker's choice.
void another_protocol(session& s, std::string_view) {
    s.end(421, {4, 7, 0}, s.options.hostname + " this is no web server");
}

}  // namespace postrider::smtp::server_side
