#include "io_failure.hpp"

#include <postrider/net/error.hpp>
#include <postrider/proto/step.hpp>
#include <utility>

namespace postrider::smtp {
namespace {

errc kind_of(error_code cause, phase where) {
    if (cause == io_errc::timed_out) return errc::timeout;
    if (cause == io_errc::cancelled) return errc::cancelled;
    return where == phase::tls ? errc::tls_error : errc::connect_error;
}

failure make(errc kind, phase where, blast_radius radius, std::string detail) {
    failure made;
    made.code = kind;
    made.where = where;
    made.radius = radius;
    made.detail = std::move(detail);
    return made;
}

}  // namespace

failure failure_of_io(error_code cause, phase where, std::string words) {
    auto kind = kind_of(cause, where);
    auto radius = kind == errc::cancelled ? blast_radius::session : blast_radius::next_hop;
    if (cause.category() == net::net_category()) where = phase::resolve;
    auto made = make(kind, where, radius, std::move(words));
    made.cause = cause;
    return made;
}

failure no_starttls() {
    return make(errc::tls_error, phase::starttls, blast_radius::next_hop,
                "the server does not offer STARTTLS, and TLS is required; ?starttls=off would go on in clear");
}

failure session_over(result<void> const& ended, std::string const& unsent) {
    failure over{.code = errc::server_disconnected, .where = phase::mail_from, .radius = blast_radius::session};
    if (!ended) over = ended.error().failure;
    over.in_doubt = false;
    over.detail = "the session ended before " + unsent + ": " + over.detail;
    return over;
}

failure bad_argument(std::string detail) {
    return make(errc::invalid_argument, phase::connect, blast_radius::message, std::move(detail));
}

}  // namespace postrider::smtp
