#include "client_failure.hpp"

#include <utility>

namespace postrider::smtp::client_side {
namespace {

errc kind_of(error_code ec, phase where) noexcept {
    if (ec == io_errc::timed_out) return errc::timeout;
    if (ec == io_errc::cancelled) return errc::cancelled;
    if (ec == io_errc::tls_failed || where == phase::tls) return errc::tls_error;
    return errc::server_disconnected;
}

char const* advice_for(errc kind) noexcept {
    switch (kind) {
        case errc::timeout: return "; the server or the network is slow: try again later, or allow more time";
        case errc::tls_error: return "; check the server's name and certificate";
        case errc::cancelled: return "";
        default: return "; try again later";
    }
}

}  // namespace

failure link_failed(session& s, error_code ec, phase where) {
    s.lose();
    failure f{.code = kind_of(ec, where), .where = where, .radius = blast_radius::session, .cause = ec};
    auto told = std::exchange(s.io_detail, {});
    f.detail = (told.empty() ? ec.message() : told) + advice_for(f.kind());
    return f;
}

failure out_of_step(session& s, phase where, std::string detail) {
    s.lose();
    return {.code = errc::response_error,
            .where = where,
            .radius = blast_radius::session,
            .detail = std::move(detail) + "; the connection is closed"};
}

failure refused(errc kind, phase where, blast_radius radius, reply said, std::string detail) {
    if (said.code == 421) radius = blast_radius::session;
    return {.code = kind, .where = where, .radius = radius, .said = std::move(said), .detail = std::move(detail)};
}

failure unfit(errc kind, phase where, std::string detail) {
    return {.code = kind, .where = where, .radius = blast_radius::message, .detail = std::move(detail)};
}

failure not_connected(phase where) {
    return {.code = errc::server_disconnected,
            .where = where,
            .radius = blast_radius::session,
            .detail = "there is no connection: connect first"};
}

}  // namespace postrider::smtp::client_side
