#include <algorithm>
#include <postrider/codec/base64.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/core/error.hpp>
#include <utility>

#include "../sasl/mechanisms.hpp"
#include "server_session.hpp"

/// The AUTHORIZATION state: what can be done, TLS, and who it is.                 RFC 1939 §4, 2449, 2595, 5034
namespace postrider::pop3::server_side {
namespace {

sasl::server_context context_of(session const& s) {
    sasl::server_context context;
    context.secret_of = s.options.secret_of;
    context.service = "pop";
    return context;
}

void refuse_login(session& s) {
    s.err("[AUTH] user or password is wrong");
    s.delay = ++s.auth_failures * limits::auth_delay;
    if (s.auth_failures == limits::auth_failures) s.over = make_error_code(postrider::errc::limit_reached);
}

void open_maildrop(session& s, std::string const& user) {
    auto found = s.handler.open(user);
    if (!found && found.error() == std::errc::device_or_resource_busy)
        return s.err("[IN-USE] another session has this maildrop");
    if (!found) return s.err("[SYS/TEMP] the maildrop cannot be opened now");
    for (auto& message : *found) s.messages.push_back({std::move(message), false});
    s.logged_in = true;
    s.ok(std::to_string(s.messages.size()) + " messages");
}

bool apop_is_right(session const& s, std::string const& name, std::string_view digest) {
    if (!s.options.secret_of) return true;
    auto const secret = s.options.secret_of(name);
    auto const expected = to_hex(md5(s.apop_timestamp() + secret.value_or("")));
    return equal_in_constant_time(expected, digest) && secret.has_value();
}

void go_on(session& s, std::optional<std::string_view> response) {
    auto const answer = s.exchange->take(response);
    if (answer && !answer->done) return s.lines("+ " + codec::encode_base64(answer->challenge));
    auto const user = std::exchange(s.exchange, nullptr)->user();
    if (answer) return open_maildrop(s, user);
    answer.error() == sasl::errc::malformed ? s.nonsense("the mechanism has no such response") : refuse_login(s);
}

void go_on_with_base64(session& s, std::string_view text) {
    if (auto const response = codec::decode_base64(text)) return go_on(s, *response);
    s.exchange.reset();
    s.nonsense("that is no base64");
}

}  // namespace

void capa(session& s, std::string_view) {
    s.ok("what can be done");
    for (char const* name : {"TOP", "UIDL", "PIPELINING", "RESP-CODES", "AUTH-RESP-CODE", "UTF8", "EXPIRE NEVER"})
        s.lines(name);
    if (s.may_log_in()) s.lines("USER\r\nSASL PLAIN");
    if (s.options.offer_stls && !s.secure) s.lines("STLS");
    s.lines("IMPLEMENTATION " + s.options.banner);
    s.lines(".");
}

void user(session& s, std::string_view name) {
    if (!s.may_log_in()) return s.err("[AUTH] begin TLS first, with STLS");
    s.user_said = name;
    s.ok("and the password?");
}

void pass(session& s, std::string_view secret) {
    if (s.user_said.empty()) return s.nonsense("USER comes first");
    auto const name = std::exchange(s.user_said, {});
    sasl::is_right(context_of(s), name, secret) ? open_maildrop(s, name) : refuse_login(s);
}

/// "APOP" SP name SP digest: MD5 of the greeting's timestamp and the secret.                     RFC 1939 §7 (APOP)
void apop(session& s, std::string_view argument) {
    if (s.options.apop_seed.empty()) return s.nonsense("APOP is not offered");
    if (!s.may_log_in()) return s.err("[AUTH] begin TLS first, with STLS");
    auto const space = argument.rfind(' ');
    if (space == argument.npos || space == 0) return s.nonsense("APOP wants a name and a digest");
    std::string const name(argument.substr(0, space));
    apop_is_right(s, name, argument.substr(space + 1)) ? open_maildrop(s, name) : refuse_login(s);
}

/// "AUTH" SP mechanism [SP initial-response]                                                            RFC 5034 §4
void auth(session& s, std::string_view argument) {
    if (!s.may_log_in()) return s.err("[AUTH] begin TLS first, with STLS");
    auto const name = argument.substr(0, argument.find(' '));
    auto const initial = argument.substr(std::min(name.size() + 1, argument.size()));
    if (!ascii::equal_without_case(name, "PLAIN")) return s.nonsense("that mechanism is not offered");
    s.exchange = sasl::make_server("PLAIN", context_of(s));
    if (initial.empty()) return go_on(s, {});
    initial == "=" ? go_on(s, "") : go_on_with_base64(s, initial);
}

void auth_response(session& s, std::string_view line) {
    if (line != "*") return go_on_with_base64(s, line);
    s.exchange.reset();
    s.err("given up");
}

void stls(session& s, std::string_view) {
    if (!s.options.offer_stls) return s.err("TLS is not offered");
    if (s.secure) return s.nonsense("this is TLS already");
    s.ok("begin TLS");
    s.tls_due = true;
    s.user_said.clear();
}

void utf8(session& s, std::string_view) {
    s.ok("UTF-8 it is");
}

}  // namespace postrider::pop3::server_side
