#pragma once
#include <boost/json/value.hpp>
#include <chrono>
#include <postrider/net/tls_peer.hpp>
#include <string>

namespace postrider::app {

/// Whole days until it is no longer valid; negative when it is not any more.
long days_left(net::tls_peer const&, std::chrono::system_clock::time_point now);

/// "certificate verified", "known by its fingerprint", "certificate not verified"
std::string_view words_for(net::tls_trust) noexcept;

/// For a person: whose it is, whose word that is, and until when, a line each behind a name of that width.
std::string certificate_to_text(net::tls_peer const&, std::chrono::system_clock::time_point now, std::size_t width);

/// {"subject","issuer","names":[],"valid_from","valid_until","days_left","sha256","trust"}; null without a certificate.
boost::json::value certificate_to_json(net::tls_peer const&, std::chrono::system_clock::time_point now);

}  // namespace postrider::app
