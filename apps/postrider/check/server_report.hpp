#pragma once
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <postrider/net/tls_peer.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>
#include <vector>

#include "server/choice.hpp"
#include "session_steps.hpp"

namespace postrider::app {

/// What `check` found out about a server.
struct server_report {
    std::string server;                 ///< URL
    std::string why;                    ///< this one
    std::vector<session_step> steps;    ///< as far as it came
    std::optional<net::tls_peer> peer;  ///< nothing in clear; also of a handshake that failed
    std::chrono::system_clock::time_point now;
    std::map<std::string, std::string, std::less<>> extensions;  ///< EHLO keywords and what stood behind them
    std::vector<std::string> mechanisms_offered;
    std::string mechanism;  ///< that login would use; empty: none
    std::string mechanism_why;
    std::optional<std::uint64_t> size_limit, recipient_limit, message_limit;
    std::string advice;  ///< about the login there
    std::optional<smtp::failure> failure;
};

/// Everything but steps and failure.
server_report describe(server_choice const&, smtp::client_engine const&, std::optional<net::tls_peer>,
                       std::chrono::system_clock::time_point now);

/// For a person: the steps with their times, then what the server offers and what would be used of it.
std::string to_text(server_report const&);
/// {"server","why","usable","steps":[{"name","ms","said"}],"tls","certificate_verified","certificate":{},"extensions":{},
/// "auth":{"offered","used","why"},"size_limit","recipient_limit","message_limit","error"}; `certificate` as in
/// certificate_to_json, `error` as in `send --json`.
boost::json::object to_json(server_report const&);

}  // namespace postrider::app
