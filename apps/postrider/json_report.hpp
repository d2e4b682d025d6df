#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <postrider/proto/smtp/failure.hpp>
#include <postrider/proto/smtp/report.hpp>
#include <string>
#include <vector>

#include "exit_codes.hpp"

namespace postrider::app {

/// What became of one domain's part, where it went to the domain's own servers.
struct domain_outcome {
    std::string domain;
    std::string server;  ///< that had the last word: "mx.example:25"; empty where none could be tried
    std::string tls;     ///< what was demanded of it, and `why`
    std::string why;
    std::optional<smtp::failure> failure;
};

/// What `send` did: where, what became of each recipient, and what went wrong beyond refusals.
struct send_outcome {
    std::string server;  ///< URL, without user and password; empty when none was chosen yet
    smtp::report report;
    std::optional<smtp::failure> failure;
    std::string advice;                   ///< about the login there, from the table of providers
    std::vector<domain_outcome> domains;  ///< empty unless it went directly
};

/// The document of `send --json`:
///     {"server","message_id","size","accepted":[{"address","code","enhanced","text"}],
///      "refused":[{...,"transient"}],"unsent":[address],"in_doubt","error":null|{"type","phase","code","enhanced","text"}}
boost::json::object to_json(send_outcome const&);

/// Its member `error`, for a failure of the session and for what went wrong on this side.
boost::json::object to_json(smtp::failure const&);
boost::json::object error_member(error const&);

/// The same document for what went wrong on this side, before there was a session.
boost::json::object to_json(error const&);

}  // namespace postrider::app
