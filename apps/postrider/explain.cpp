#include "explain.hpp"

#include <postrider/proto/smtp/escape.hpp>

namespace postrider::app {
namespace {

std::string words_of(smtp::failure const& failure) {
    if (failure.said) return smtp::escaped(to_string(*failure.said));
    if (!failure.detail.empty()) return smtp::escaped(failure.detail);
    return failure.cause ? failure.cause.message() : failure.code.message();
}

char const* what_to_do_about_connecting(smtp::failure const& failure) {
    if (failure.where == phase::resolve) return "check the server's name";
    return failure.said ? "ask who runs the server" : "check host and port, and that the server runs";
}

/// What helps, by kind; empty where the words say it all.
std::string what_to_do(smtp::failure const& failure) {
    if (failure.in_doubt) return "look whether it arrived before you send it again";
    using enum smtp::errc;
    switch (failure.kind()) {
        case connect_error:
            if (!failure.said || !failure.is_transient()) return what_to_do_about_connecting(failure);
            break;
        case authentication_error: return "check user and password";
        case tls_error: return "give the server's CA with --ca-file, or look who it is that answers";
        case timeout: return "try again later, or give it more time with --timeout";
        case invalid_argument:
        case content_error: return "correct it and send again";
        case recipients_refused: return failure.is_transient() ? "try again later" : "check the addresses";
        default: break;
    }
    if (failure.is_transient()) return "try again later";
    return failure.said && failure.said->code == 530 ? "log in with --user" : "the server will not change its mind";
}

std::string what_happened(smtp::failure const& failure) {
    return failure.in_doubt ? "the message may or may not have arrived" : "not sent";
}

/// "550 5.1.1 no such user"; the first refusal stands for the others, which the report lists.
std::string explain_refusals(smtp::report const& report) {
    auto const refused = report.refused();
    auto const& first = refused.front();
    bool const all = report.accepted().empty();
    std::string line = all ? "every recipient refused"
                           : std::to_string(refused.size()) + " of " + std::to_string(report.recipients.size()) +
                                 " recipients refused";
    line += " (" + std::string(to_string(first.where)) + "): " + smtp::escaped(first.address) + ": ";
    line += first.said ? smtp::escaped(to_string(*first.said)) : "no answer";
    line += first.is_transient() ? "; try again later" : "; check the address";
    return line + (all ? "" : ", and do not send to the others again");
}

}  // namespace

std::string explain(smtp::failure const& failure, std::string const& advice) {
    std::string line =
        what_happened(failure) + " (" + std::string(to_string(failure.where)) + "): " + words_of(failure);
    // What the session says in its own words already tells what to do, set off by a semicolon.
    bool const told_already = !failure.said && failure.detail.find("; ") != std::string::npos;
    if (!told_already) line += "; " + what_to_do(failure);
    bool const about_login = failure.where == phase::auth;
    return about_login && !advice.empty() ? line + ": " + advice : line;
}

std::string explain(send_outcome const& outcome) {
    smtp::report const& report = outcome.report;
    bool const refusals_only = !outcome.failure || outcome.failure->kind() == smtp::errc::recipients_refused;
    if (refusals_only && !report.refused().empty()) return explain_refusals(report);
    return outcome.failure ? explain(*outcome.failure, outcome.advice) : std::string();
}

std::string explain(error const& wrong) {
    std::string const what = smtp::escaped(wrong.what());
    return wrong.advice().empty() ? what : what + "; " + wrong.advice();
}

}  // namespace postrider::app
