#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/core/error.hpp>

#include "server_session.hpp"

/// Which command may be said when, and with what behind it.                                             RFC 1939 §4-7
namespace postrider::pop3::server_side {
namespace {

enum class when { before_login, after_login, always };
enum class argument { none, optional, required };

struct known_command {
    std::string_view name;
    when state;
    argument takes;
    command* run;
};

constexpr std::array known{
    known_command{"CAPA", when::always, argument::none, capa},
    known_command{"QUIT", when::always, argument::none, quit},
    known_command{"USER", when::before_login, argument::required, user},
    known_command{"PASS", when::before_login, argument::required, pass},
    known_command{"APOP", when::before_login, argument::required, apop},
    known_command{"AUTH", when::before_login, argument::required, auth},
    known_command{"STLS", when::before_login, argument::none, stls},
    known_command{"UTF8", when::before_login, argument::none, utf8},
    known_command{"STAT", when::after_login, argument::none, stat},
    known_command{"LIST", when::after_login, argument::optional, list},
    known_command{"UIDL", when::after_login, argument::optional, uidl},
    known_command{"RETR", when::after_login, argument::required, retr},
    known_command{"TOP", when::after_login, argument::required, top},
    known_command{"DELE", when::after_login, argument::required, dele},
    known_command{"RSET", when::after_login, argument::none, rset},
    known_command{"NOOP", when::after_login, argument::none, noop},
};

void run(session& s, std::string_view line) {
    auto const name = line.substr(0, line.find(' '));
    auto const rest = line.substr(std::min(name.size() + 1, line.size()));
    auto const found = std::find_if(known.begin(), known.end(), [&](known_command const& one) {
        return ascii::equal_without_case(one.name, name);
    });
    if (found == known.end()) return s.nonsense("no such command");
    if (found->state == when::before_login && s.logged_in) return s.nonsense("you are logged in");
    if (found->state == when::after_login && !s.logged_in) return s.nonsense("log in first");
    if (found->takes == argument::none && !rest.empty()) return s.nonsense("this takes no argument");
    if (found->takes == argument::required && rest.empty()) return s.nonsense("this wants an argument");
    found->run(s, rest);
}

}  // namespace

bool read_line(session& s) {
    using outcome = smtp::server_side::input_buffer::outcome;
    std::string_view line;
    switch (s.input.next_line(line, s.exchange ? limits::auth_line_octets : limits::pop3_line_octets)) {
        case outcome::more: return false;
        case outcome::line: s.exchange ? auth_response(s, line) : run(s, line); break;
        case outcome::flood:
            s.err("that line does not end");
            s.over = make_error_code(postrider::errc::limit_reached);
            break;
        case outcome::too_long:
        case outcome::bare_lf: s.exchange.reset(); s.nonsense("the line is too long");
    }
    return true;
}

}  // namespace postrider::pop3::server_side
