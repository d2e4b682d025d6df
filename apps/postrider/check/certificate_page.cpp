#include "certificate_page.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdio>
#include <postrider/proto/smtp/escape.hpp>

#include "terminal/utf8.hpp"

namespace postrider::app {
namespace {

/// "2026-11-21"
std::string date_of(std::chrono::sys_seconds when) {
    std::chrono::year_month_day const day{std::chrono::floor<std::chrono::days>(when)};
    char room[48];
    std::snprintf(room, sizeof room, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                  static_cast<unsigned>(day.day()));
    return room;
}

char const* name_of(net::tls_trust trust) noexcept {
    switch (trust) {
        case net::tls_trust::authorities: return "authorities";
        case net::tls_trust::fingerprint: return "fingerprint";
        default: return "nobody";
    }
}

std::string line(std::string name, std::size_t width, std::string_view value) {
    name.resize(width, ' ');
    return name + smtp::escaped(value) + "\n";
}

}  // namespace

long days_left(net::tls_peer const& peer, std::chrono::system_clock::time_point now) {
    return static_cast<long>(std::chrono::floor<std::chrono::days>(peer.valid_until - now).count());
}

std::string_view words_for(net::tls_trust trust) noexcept {
    switch (trust) {
        case net::tls_trust::authorities: return "certificate verified";
        case net::tls_trust::fingerprint: return "certificate known by its fingerprint";
        default: return "certificate not verified";
    }
}

std::string certificate_to_text(net::tls_peer const& peer, std::chrono::system_clock::time_point now,
                                std::size_t width) {
    if (peer.sha256.empty()) return {};
    std::string names;
    for (auto const& name : peer.names) names += (names.empty() ? "for " : ", ") + name;
    long const left = days_left(peer, now);
    std::string const until = left < 0 ? "expired on " + date_of(peer.valid_until)
                                       : "valid until " + date_of(peer.valid_until) + ", " + std::to_string(left) +
                                             (left == 1 ? " day left" : " days left");
    return line("Certificate", width, peer.subject) + (names.empty() ? "" : line("", width, names)) +
           line("", width, "issued by " + peer.issuer) + line("", width, until) +
           line("", width, "SHA-256 " + peer.sha256);
}

boost::json::value certificate_to_json(net::tls_peer const& peer, std::chrono::system_clock::time_point now) {
    if (peer.sha256.empty()) return nullptr;
    boost::json::array names;
    for (auto const& name : peer.names) names.push_back(boost::json::string(valid_utf8(name)));
    return boost::json::object{{"subject", valid_utf8(peer.subject)},
                               {"issuer", valid_utf8(peer.issuer)},
                               {"names", std::move(names)},
                               {"valid_from", date_of(peer.valid_from)},
                               {"valid_until", date_of(peer.valid_until)},
                               {"days_left", days_left(peer, now)},
                               {"sha256", peer.sha256},
                               {"trust", name_of(peer.trust)}};
}

}  // namespace postrider::app
