#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <utility>

#include "server_auth.hpp"
#include "server_commands.hpp"
#include "server_extensions.hpp"
#include "server_faults.hpp"
#include "server_parameters.hpp"
#include "server_path.hpp"
#include "server_session.hpp"

/// MAIL, RCPT and RSET: the envelope.                                                   RFC 5321 §4.1.1.2, §4.1.1.3
namespace postrider::smtp::server_side {
namespace {

/// Takes "FROM:" or "TO:", and the spaces that some clients put behind it.
bool take_keyword(std::string_view& argument, std::string_view keyword) noexcept {
    if (!ascii::equal_without_case(argument.substr(0, keyword.size()), keyword)) return false;
    argument.remove_prefix(keyword.size());
    argument.remove_prefix(std::min(argument.find_first_not_of(' '), argument.size()));
    return true;
}

/// RFC 3463 §3.2: a fault of the sender's address is X.1.7, of a recipient's X.1.3.
refusal why_not(path_fault fault, int detail) {
    switch (fault) {
        case path_fault::none: return {};
        case path_fault::syntax:
            return reply_of(501, enhanced_code{5, 1, detail}, "that is no address in angle brackets");
        case path_fault::too_long: return reply_of(553, enhanced_code{5, 1, detail}, "that address is too long");
    }
    return {};
}

refusal not_without_smtputf8() {
    return reply_of(553, enhanced_code{5, 6, 7}, "this address needs SMTPUTF8");
}

/// Path and parameters; without EHLO there are no parameters.
refusal parse_argument(session const& s, std::string_view argument, path_kind kind, path& address,
                       std::vector<parameter>& parameters) {
    auto const fault = parse_path(argument, kind, address);
    if (auto no = why_not(fault, kind == path_kind::reverse ? 7 : 3)) return no;
    if (auto no = parse_parameters(argument, parameters)) return no;
    if (!parameters.empty() && !s.esmtp) return reply_of(555, enhanced_code{5, 5, 4}, "parameters need EHLO");
    return {};
}

offer_check offered_by(session const& s) {
    return [&s](std::string_view keyword) {
        if (keyword == "AUTH") return may_authenticate(s);
        return !is_hidden(s, keyword) && !(keyword == "BINARYMIME" && is_hidden(s, "CHUNKING"));
    };
}

refusal parse_mail(session const& s, std::string_view argument, envelope& asked, mail_parameters& found) {
    path address;
    if (auto no = parse_argument(s, argument, path_kind::reverse, address, asked.parameters)) return no;
    if (auto no = check_mail_parameters(asked.parameters, offered_by(s), found)) return no;
    if (address.is_8bit && !found.smtputf8) return not_without_smtputf8();
    if (s.options.max_message != 0 && found.size > s.options.max_message)
        return reply_of(552, enhanced_code{5, 3, 4}, "the message is larger than this server takes");
    asked.reverse_path = std::move(address.address);
    return {};
}

refusal parse_rcpt(session const& s, std::string_view argument, forward_path& asked) {
    path address;
    if (auto no = parse_argument(s, argument, path_kind::forward, address, asked.parameters)) return no;
    if (auto no = check_rcpt_parameters(asked.parameters, offered_by(s), s.smtputf8)) return no;
    if (address.is_8bit && !s.smtputf8) return not_without_smtputf8();
    asked.address = std::move(address.address);
    return {};
}

}  // namespace

void mail(session& s, std::string_view argument) {
    if (s.in_transaction) return s.say(503, {5, 5, 1}, "there is a MAIL already");
    if (!take_keyword(argument, "FROM:")) return s.say(501, {5, 5, 4}, "it is MAIL FROM:<address>");
    envelope asked;
    mail_parameters found;
    if (auto no = parse_mail(s, argument, asked, found)) return s.say(std::move(*no));
    if (!spared(s, fault_stage::mail, asked.reverse_path)) return;
    auto said = s.handler.mail(asked);
    if (said.is_positive()) {
        s.begin_transaction(std::move(asked));
        s.smtputf8 = found.smtputf8;
        s.binary = found.binary;
    }
    s.say(std::move(said));
}

void rcpt(session& s, std::string_view argument) {
    if (!s.in_transaction) return s.say(503, {5, 5, 1}, "MAIL comes first");
    if (!take_keyword(argument, "TO:")) return s.say(501, {5, 5, 4}, "it is RCPT TO:<address>");
    forward_path asked;
    if (auto no = parse_rcpt(s, argument, asked)) return s.say(std::move(*no));
    if (s.so_far.forward_paths.size() >= s.options.max_recipients)
        return s.say(452, {4, 5, 3}, "too many recipients; send the rest in another message");
    if (!spared(s, fault_stage::rcpt, asked.address)) return;
    auto said = s.handler.rcpt(s.so_far, asked);
    if (said.is_positive()) s.so_far.forward_paths.push_back(std::move(asked));
    s.say(std::move(said));
}

void rset(session& s, std::string_view) {
    if (!spared(s, fault_stage::rset)) return;
    s.abort_transaction();
    s.say(250, {2, 0, 0}, "forgotten");
}

}  // namespace postrider::smtp::server_side
