#include "exit_codes.hpp"

#include <algorithm>
#include <postrider/core/error.hpp>

namespace postrider::app {
namespace {

bool has_no_reply_code(smtp::failure const& failure) {
    return failure.said && failure.said->code < 0;
}

/// RFC 4954 §6: these say that a login is missing or was too weak, whatever command they answer.
bool asks_for_login(smtp::failure const& failure) {
    if (!failure.said) return false;
    int const code = failure.said->code;
    return code == 530 || code == 534 || code == 535 || code == 538;
}

/// By what the server said: later, never, not without a login, or nothing that SMTP knows.
exit_code by_reply(smtp::failure const& failure) {
    if (has_no_reply_code(failure)) return exit_code::protocol;
    if (failure.is_transient()) return exit_code::try_later;
    return asks_for_login(failure) ? exit_code::no_permission : exit_code::unavailable;
}

exit_code for_connect_error(smtp::failure const& failure) {
    if (failure.where == phase::resolve)
        return failure.cause == condition::transient ? exit_code::try_later : exit_code::no_host;
    return failure.said ? by_reply(failure) : exit_code::try_later;
}

exit_code for_refused_recipients(smtp::report const& report) {
    auto const refused = report.refused();
    bool const later = std::any_of(refused.begin(), refused.end(), [](auto const& r) { return r.is_transient(); });
    return later ? exit_code::try_later : exit_code::no_user;
}

}  // namespace

exit_code exit_code_of(smtp::failure const& failure) {
    if (failure.in_doubt) return exit_code::try_later;
    using enum smtp::errc;
    switch (failure.kind()) {
        case connect_error: return for_connect_error(failure);
        case helo_error:
        case sender_refused:
        case data_error: return by_reply(failure);
        case authentication_error:
            return failure.said && failure.said->is_transient() ? exit_code::try_later : exit_code::no_permission;
        case recipients_refused: return failure.is_transient() ? exit_code::try_later : exit_code::no_user;
        case server_disconnected:
        case timeout:
        case cancelled: return exit_code::try_later;
        case not_supported: return exit_code::unavailable;
        case response_error:
        case tls_error: return exit_code::protocol;
        case invalid_argument: return exit_code::bad_data;
        case content_error: return exit_code::io_error;
    }
    return exit_code::protocol;
}

exit_code exit_code_of(smtp::report const& report, std::optional<smtp::failure> const& failure) {
    if (report.in_doubt()) return exit_code::try_later;
    bool const refusals_only = !failure || failure->kind() == smtp::errc::recipients_refused;
    if (!refusals_only) return exit_code_of(*failure);
    if (report.all_accepted()) return exit_code::ok;
    if (!report.accepted().empty()) return exit_code::some_refused;
    if (report.refused().empty() && failure) return exit_code_of(*failure);
    return for_refused_recipients(report);
}

char const* name_of(exit_code code) noexcept {
    switch (code) {
        case exit_code::usage: return "usage_error";
        case exit_code::bad_data: return "bad_data";
        case exit_code::no_input: return "no_input";
        case exit_code::io_error: return "io_error";
        case exit_code::config: return "configuration_error";
        case exit_code::no_permission: return "authentication_error";
        default: return "error";
    }
}

}  // namespace postrider::app
