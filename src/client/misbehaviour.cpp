#include "misbehaviour.hpp"

namespace postrider::smtp {
namespace {

bool is_before_content(phase where) noexcept {
    return where == phase::mail_from || where == phase::rcpt_to || where == phase::data;
}

bool is_unknown_command(reply const& said) noexcept {
    return said.code == 500 || said.code == 502 || said.code == 503;
}

bool breaks_off(failure const& why) {
    if (why.said) return why.said->code == 421 || is_unknown_command(*why.said) || why.code == errc::response_error;
    return why.code == errc::response_error || (why.code == errc::server_disconnected && why.cause);
}

bool does_not_know_bdat(failure const& why) {
    bool const is_about_chunk = why.where == phase::content || why.where == phase::end_of_data;
    return is_about_chunk && why.code == errc::data_error && why.said && is_unknown_command(*why.said);
}

}  // namespace

std::string misused_extension(failure const& why, extensions const& offered) {
    if (why.in_doubt || !offered.has("pipelining")) return {};
    if (is_before_content(why.where) && breaks_off(why)) return "PIPELINING";
    return offered.has("chunking") && does_not_know_bdat(why) ? "CHUNKING" : "";
}

}  // namespace postrider::smtp
