#pragma once
#include <postrider/proto/step.hpp>
#include <string_view>

namespace postrider::smtp::server_side {

struct session;

/// What must be so for a verb to be run at all, and what it counts as. Looked at in this order.
enum rule : unsigned {
    before_tls = 1 << 0,      ///< allowed in clear where TLS is required                              RFC 3207 §4
    idle = 1 << 1,            ///< brings no message nearer: counted
    no_argument = 1 << 2,     ///< 501 5.5.4 with one
    after_hello = 1 << 3,     ///< 503 5.5.1 before EHLO or HELO
    between_chunks = 1 << 4,  ///< allowed after a BDAT that was not the last                          RFC 3030 §2
    for_users = 1 << 5,       ///< 530 5.7.0 before AUTH where it is required                          RFC 4954 §6
};

struct command {
    std::string_view verb;
    void (*run)(session&, std::string_view argument);
    phase when;
    unsigned rules;
};

/// The verb's entry, compared without case, or nullptr.
command const* find_command(std::string_view verb) noexcept;

void ehlo(session&, std::string_view argument);
void helo(session&, std::string_view argument);
void lhlo(session&, std::string_view argument);
void starttls(session&, std::string_view argument);
void auth(session&, std::string_view argument);
void mail(session&, std::string_view argument);
void rcpt(session&, std::string_view argument);
void data(session&, std::string_view argument);
void bdat(session&, std::string_view argument);
void rset(session&, std::string_view argument);
void noop(session&, std::string_view argument);
void vrfy(session&, std::string_view argument);
void expn(session&, std::string_view argument);
void help(session&, std::string_view argument);
void quit(session&, std::string_view argument);
void xclient(session&, std::string_view argument);
void not_from_strangers(session&, std::string_view argument);  ///< XFORWARD and its like
void another_protocol(session&, std::string_view argument);    ///< GET and its like

}  // namespace postrider::smtp::server_side
