#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <utility>

#include "server_commands.hpp"
#include "server_extensions.hpp"
#include "server_faults.hpp"
#include "server_path.hpp"
#include "server_session.hpp"

/// EHLO, HELO, LHLO and STARTTLS: who talks, over what, and what may be asked.
namespace postrider::smtp::server_side {
namespace {

/// RFC 5321 asks for a domain or an address literal; clients say what their machine calls itself. What goes into a
/// trace field later must be harmless, and that is all that is asked here.
bool is_client_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= 255 && std::none_of(name.begin(), name.end(), [](char c) {
        return ascii::is_control(c) || ascii::is_8bit(c) ||
               std::string_view(" ()<>,;\\\"").find(c) != std::string_view::npos;
    });
}

reply greet_with_extensions(session const& s) {
    reply said{250, {}, {s.options.hostname}};
    for (auto& line : offered_extensions(s)) said.lines.push_back(std::move(line));
    return said;
}

void hello(session& s, std::string_view name, bool esmtp) {
    if (!is_client_name(name)) return s.say(501, {5, 5, 4}, "that is not the name of a host");
    if (!spared(s, fault_stage::ehlo, name)) return;
    s.abort_transaction();
    auto said = s.handler.hello(name);
    if (!said.is_positive()) return s.say(std::move(said));
    s.client_name = name;
    s.said_hello = true;
    s.esmtp = esmtp;
    s.say(esmtp ? greet_with_extensions(s) : reply{250, {}, {s.options.hostname}});
}

}  // namespace

void ehlo(session& s, std::string_view argument) {
    if (s.options.lmtp) return s.say(500, {5, 5, 1}, "this is LMTP: say LHLO");
    hello(s, argument, true);
}

void helo(session& s, std::string_view argument) {
    if (s.options.lmtp) return s.say(500, {5, 5, 1}, "this is LMTP: say LHLO");
    hello(s, argument, false);
}

void lhlo(session& s, std::string_view argument) {
    if (!s.options.lmtp) return s.say(500, {5, 5, 1}, "this is SMTP: say EHLO");
    hello(s, argument, true);
}

void starttls(session& s, std::string_view) {
    if (s.secure) return s.say(503, {5, 5, 1}, "TLS is there already");
    if (!s.options.offer_starttls) return s.say(502, {5, 5, 1}, "STARTTLS is not offered");
    if (s.in_transaction) return s.say(503, {5, 5, 1}, "not within a transaction");
    // Whoever put octets behind STARTTLS may not be who speaks inside TLS (CVE-2011-0411): none of them is ever read.
    if (!s.input.empty()) return s.end(421, {4, 7, 0}, s.options.hostname + " nothing may follow STARTTLS in clear");
    if (!spared(s, fault_stage::starttls)) return;
    s.say(220, {2, 0, 0}, "go ahead");
    s.tls_due = true;
}

}  // namespace postrider::smtp::server_side
