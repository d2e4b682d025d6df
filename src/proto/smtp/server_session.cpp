#include "server_session.hpp"

#include <algorithm>
#include <postrider/core/error.hpp>
#include <postrider/proto/smtp/escape.hpp>
#include <system_error>
#include <utility>

#include "auth_trace.hpp"
#include "server_extensions.hpp"

namespace postrider::smtp::server_side {
namespace {

using postrider::errc;

reply with_enhanced_code(reply said) {
    int const digit = said.code / 100;
    auto const fits = [&] { return said.enhanced && said.enhanced->class_digit == digit; };
    if (fits() || (digit != 2 && digit != 4 && digit != 5)) return said;
    if (!said.lines.empty()) said.enhanced = parse_enhanced_code(said.lines.front());
    if (!fits()) said.enhanced = enhanced_code{digit, 0, 0};
    return said;
}

/// Without the extension there are no such codes, not even where a handler gave one.
reply in_terms_of(session const& s, reply said) {
    if (!is_hidden(s, "ENHANCEDSTATUSCODES")) return with_enhanced_code(std::move(said));
    reply bare{said.code, {}, {}};
    for (std::string_view line : said.lines) {
        auto const code = parse_enhanced_code(line);
        if (code) line.remove_prefix(std::min(line.size(), to_string(*code).size() + 1));
        bare.lines.emplace_back(line);
    }
    return bare;
}

}  // namespace

session::session(server_engine::options o, server_handler& h)
    : options(std::move(o)), handler(h), input(!options.strict_line_ends) {}

reply greeting_of(session const& s) {
    auto const protocol = s.options.lmtp ? " LMTP " : " ESMTP ";
    return reply{220, {}, {s.options.hostname + protocol + s.options.banner}};
}

void session::say(reply said) {
    say_all({std::move(said)});
}

void session::say_all(std::vector<reply> all) {
    if (over) return;
    bool any_refusal = false, any_goodbye = false;
    for (auto& said : all) {
        bool const is_refusal = said.code >= 400;
        any_refusal = any_refusal || is_refusal;
        any_goodbye = any_goodbye || said.code == 421;
        // RFC 2034 §4 leaves the greeting and the answer to EHLO without a code.
        bool const is_bare = now == phase::greeting || (now == phase::hello && !is_refusal);
        write(is_bare ? said : in_terms_of(*this, std::move(said)));
        if (over) return;
    }
    if (any_goodbye) return close();
    if (any_refusal) count_refusal();
}

void session::count_refusal() {
    if (++refused > limits::prompt_errors) hold_back(limits::error_delay);
    if (refused == options.max_errors) end(421, {4, 7, 0}, options.hostname + " too many errors", errc::limit_reached);
}

void session::hold_back(std::chrono::milliseconds time) noexcept {
    if (options.max_errors != 0) delay += time;
}

void session::say(int code, enhanced_code enhanced, std::string words) {
    say(reply_of(code, enhanced, std::move(words)));
}

void session::end(int code, enhanced_code enhanced, std::string words, error_code why) {
    if (over) return;
    write(in_terms_of(*this, reply_of(code, enhanced, std::move(words))));
    close(why);
}

void session::close(error_code why) {
    abort_transaction();
    over = why;
}

void session::write(reply const& said) {
    auto wire = to_wire(said);
    if (struck && struck->kind == fault::kinds::lose_reply) return hang_up();
    if (struck && struck->kind == fault::kinds::answer && said.code < 400) wire = struck->octets;
    if (options.trace) trace_lines(wire);
    write(std::move(wire));
}

void session::write(std::string octets) {
    auto const met = std::exchange(struck, std::nullopt);
    if (met && met->kind == fault::kinds::delay) return slow.add(std::move(octets), met->time);
    if (met && met->kind == fault::kinds::drip) return slow.add(std::move(octets), {}, met->time);
    if (!slow.empty()) return slow.add(std::move(octets));
    output += octets;
}

void session::trace_lines(std::string_view wire) const {
    while (!wire.empty()) {
        auto const end = wire.find("\r\n");
        trace(trace_side::server, shown_challenge(wire.substr(0, end)));
        wire.remove_prefix(end == wire.npos ? wire.size() : end + 2);
    }
}

void session::say_octets(std::string_view octets) {
    if (over) return;
    if (options.trace) trace(trace_side::server, escaped(octets.substr(0, octets.find("\r\n"))));
    write(std::string(octets));
    if (octets.starts_with("421")) close();
}

void session::hang_up() {
    if (!over) close(make_error_code(std::errc::connection_aborted));
}

void session::begin_transaction(envelope e) {
    so_far = std::move(e);
    in_transaction = true;
}

void session::abort_transaction() noexcept {
    if (std::exchange(in_transaction, false)) handler.abort();
    forget_transaction();
}

void session::forget_transaction() noexcept {
    in_transaction = false;
    so_far = {};
    smtputf8 = binary = false;
    content = {};
    content_cut.reset();
}

void session::forget_client() {
    client_name.clear();
    user.clear();
    said_hello = esmtp = false;
}

void session::trace(trace_side side, std::string_view line) const {
    if (options.trace) options.trace->line(side, line);
}

bool take_line(session& s, std::optional<std::string_view>& line, std::size_t limit, enhanced_code too_long) {
    using outcome = input_buffer::outcome;
    std::string_view taken;
    switch (s.input.next_line(taken, limit)) {
        case outcome::more: return false;
        case outcome::line: line = taken; break;
        case outcome::too_long:
            s.trace(trace_side::client, "[a line that is too long]");
            s.say(500, too_long, "the line is too long");
            break;
        case outcome::bare_lf:
            s.trace(trace_side::client, "[a line without CR]");
            s.say(500, {5, 5, 2}, "a line ends with CR and LF");
            break;
        case outcome::flood:
            s.end(421, {4, 7, 0}, s.options.hostname + " that line does not end", errc::limit_reached);
            break;
    }
    return true;
}

}  // namespace postrider::smtp::server_side
