#include "server_commands.hpp"

#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/error.hpp>

#include "server_extensions.hpp"
#include "server_faults.hpp"
#include "server_session.hpp"

namespace postrider::smtp::server_side {
namespace {

constexpr command commands[] = {
    {"EHLO", ehlo, phase::hello, before_tls | idle | between_chunks},
    {"HELO", helo, phase::hello, before_tls | idle | between_chunks},
    {"LHLO", lhlo, phase::hello, before_tls | idle | between_chunks},
    {"STARTTLS", starttls, phase::starttls, before_tls | no_argument | after_hello},
    {"AUTH", auth, phase::auth, after_hello},
    {"MAIL", mail, phase::mail_from, after_hello | for_users},
    {"RCPT", rcpt, phase::rcpt_to, after_hello | for_users},
    {"DATA", data, phase::data, no_argument | after_hello | for_users},
    {"BDAT", bdat, phase::content, before_tls | between_chunks},
    {"RSET", rset, phase::rset, before_tls | idle | no_argument | between_chunks},
    {"NOOP", noop, phase::command, before_tls | idle | between_chunks},
    {"VRFY", vrfy, phase::command, idle | after_hello | for_users},
    {"EXPN", expn, phase::command, idle | after_hello | for_users},
    {"HELP", help, phase::command, idle | between_chunks},
    {"QUIT", quit, phase::quit, before_tls | no_argument | between_chunks},
    {"XCLIENT", xclient, phase::command, idle},
    {"XFORWARD", not_from_strangers, phase::command, idle},
    {"PROXY", not_from_strangers, phase::command, idle},
    {"GET", another_protocol, phase::command, before_tls},
    {"HEAD", another_protocol, phase::command, before_tls},
    {"POST", another_protocol, phase::command, before_tls},
    {"PUT", another_protocol, phase::command, before_tls},
    {"DELETE", another_protocol, phase::command, before_tls},
    {"OPTIONS", another_protocol, phase::command, before_tls},
    {"CONNECT", another_protocol, phase::command, before_tls},
};

std::string_view trimmed(std::string_view text) noexcept {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// AUTH's initial response is a secret.
void trace_command(session const& s, std::string_view line, std::string_view verb, std::string_view argument) {
    auto const response = argument.find(' ');
    if (!ascii::equal_without_case(verb, "AUTH") || response == argument.npos) return s.trace(trace_side::client, line);
    s.trace(trace_side::client, std::string(verb) + ' ' + std::string(argument.substr(0, response)) + " ****");
}

/// Whether the session's state lets `c` run; says why not.
bool allowed(session& s, command const& c, std::string_view argument) {
    if (s.turned_away && c.when != phase::quit)
        s.say(503, {5, 5, 1}, "the greeting said no: QUIT is all that is left");
    else if (s.options.require_tls && !s.secure && !(c.rules & before_tls))
        s.say(530, {5, 7, 0}, "STARTTLS comes first");
    else if (c.rules & no_argument && !argument.empty())
        s.say(501, {5, 5, 4}, std::string(c.verb) + " takes no argument");
    else if (c.rules & after_hello && !s.said_hello)
        s.say(503, {5, 5, 1}, s.options.lmtp ? "LHLO comes first" : "EHLO comes first");
    else if (s.content.begun() && !(c.rules & between_chunks))
        s.say(503, {5, 5, 1}, "a BDAT is due, or RSET");
    else if (s.options.require_auth && s.user.empty() && c.rules & for_users)
        s.say(530, {5, 7, 0}, "AUTH comes first");
    else
        return true;
    return false;
}

bool loops(session& s, command const& c) {
    if (!(c.rules & idle) || ++s.idle <= s.options.max_idle_commands || s.options.max_idle_commands == 0) return false;
    s.end(421, {4, 7, 0}, s.options.hostname + " too many commands without a message", postrider::errc::limit_reached);
    return true;
}

bool is_hidden_verb(session const& s, std::string_view verb) noexcept {
    return verb == "BDAT" ? is_hidden(s, "CHUNKING") : verb == "STARTTLS" && is_hidden(s, "STARTTLS");
}

void run(session& s, std::string_view line) {
    auto const verb = line.substr(0, line.find(' '));
    auto const argument = trimmed(line.substr(verb.size()));
    trace_command(s, line, verb, argument);
    auto const* found = find_command(verb);
    s.now = found ? found->when : phase::command;
    if (line.find('\0') != line.npos || !codec::is_utf8(line)) return s.say(500, {5, 5, 2}, "a command is text");
    if (!found || is_hidden_verb(s, found->verb)) return s.say(500, {5, 5, 1}, "no such command here");
    if (loops(s, *found) || !allowed(s, *found, argument)) return;
    if (found->when == phase::command && !spared(s, fault_stage::other)) return;
    found->run(s, argument);
}

/// A TLS handshake begins with this octet, and no command does.                               RFC 8446 §5.1
constexpr char tls_handshake = 0x16;

}  // namespace

command const* find_command(std::string_view verb) noexcept {
    auto const found = std::find_if(std::begin(commands), std::end(commands),
                                    [&](command const& c) { return ascii::equal_without_case(c.verb, verb); });
    return found == std::end(commands) ? nullptr : found;
}

bool read_command(session& s) {
    auto const waiting = s.input.octets();
    if (s.commands == 0 && waiting.starts_with(tls_handshake)) {
        s.end(421, {4, 7, 0}, s.options.hostname + " speaks in clear here; TLS begins with STARTTLS");
        return true;
    }
    bool const is_auth = ascii::equal_without_case(waiting.substr(0, 5), "AUTH ");
    std::optional<std::string_view> line;
    if (!take_line(s, line, is_auth ? limits::auth_line_octets : limits::command_line_octets, {5, 5, is_auth ? 6 : 2}))
        return false;
    ++s.commands;
    if (line) run(s, *line);
    return true;
}

}  // namespace postrider::smtp::server_side
