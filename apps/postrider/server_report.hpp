#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>
#include <vector>

#include "server_options.hpp"
#include "session_steps.hpp"

namespace postrider::app {

/// What `check` found out about a server.
struct server_report {
    std::string server;               ///< URL
    std::string why;                  ///< this one
    std::vector<session_step> steps;  ///< as far as it came
    std::string tls;                  ///< "TLSv1.3 ...", empty in clear
    bool certificate_verified = false;
    std::map<std::string, std::string, std::less<>> extensions;  ///< EHLO keywords and what stood behind them
    std::vector<std::string> mechanisms_offered;
    std::string mechanism;  ///< that login would use; empty: none
    std::string mechanism_why;
    std::optional<std::uint64_t> size_limit;
    std::string advice;  ///< about the login there
    std::optional<smtp::failure> failure;
};

/// Everything but steps and failure.
server_report describe(server_choice const&, smtp::client_engine const&, std::string tls);

/// For a person: the steps with their times, then what the server offers and what would be used of it.
std::string to_text(server_report const&);
/// {"server","usable","steps":[{"name","ms","said"}],"tls","certificate_verified","extensions":{},"auth":{"offered",
/// "used","why"},"size_limit","error"}; `error` as in `send --json`.
boost::json::object to_json(server_report const&);

}  // namespace postrider::app
