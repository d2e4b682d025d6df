#pragma once
#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <postrider/devserver/release.hpp>
#include <postrider/lint/examine.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "faults/book.hpp"
#include "feed.hpp"
#include "http/message.hpp"
#include "metrics.hpp"
#include "store/store.hpp"

namespace boost::asio {
class thread_pool;
}

namespace postrider::devserver {

/// GET wait: answered once a message matches, or the time is over.
struct wait_for_message {
    selection meant;
    std::string to;       ///< pattern of a forward-path
    std::string subject;  ///< part of a subject
    std::chrono::milliseconds timeout;
};

/// GET events: answered without end.
struct event_stream {
    std::optional<std::string> inbox;  ///< that of which is told; none: all
};

/// A long answer, of which no more is held than a piece.
struct octet_stream {
    http_response head;  ///< without a body
    /// The next piece; an empty one behind the last. Called on a thread of its own; what it throws ends the connection.
    std::function<std::string()> next;
};

/// What takes its time, a search or a lookup or a delivery: done on a thread of its own, while others are answered.
/// What it throws is a 500.
struct slow_work {
    std::function<http_response()> run;
    std::function<void()> then = {};  ///< on the server's own thread, before the response is sent; may be empty
};

/// The same, where what is found is long.
struct slow_stream {
    std::function<std::variant<http_response, octet_stream>()> run;
};

using answer = std::variant<http_response, wait_for_message, event_stream, slow_work, slow_stream>;

/// What GET status tells and nothing changes. An address that is empty is not served.
struct site_facts {
    std::string version;
    std::string smtp, http, smtps, lmtp, pop3;  ///< HOST:PORT
    std::string store_file;                     ///< empty: in memory
    std::uint64_t keep = 0;
    std::chrono::seconds keep_for{0};
    std::chrono::system_clock::time_point started;
    std::vector<std::string> inboxes;
    std::vector<std::string> accounts;  ///< by which a message may be sent on
};

/// What requests are about.
struct site {
    store& messages;
    feed& changes;
    std::string bound_host;                       ///< where the server was told to listen
    boost::asio::thread_pool* threads = nullptr;  ///< for slow_work; outlives all requests
    release_options const* release = nullptr;     ///< nothing: no message can be sent on
    lint::outside const* outside = nullptr;       ///< what the checks of a message may ask
    fault_book* faults = nullptr;                 ///< none: there are none to be asked for
    std::string token = {};                       ///< what every changing request must show
    site_facts facts = {};
    std::function<std::uint64_t()> accepted = {};  ///< how many messages came since start
    metrics* counted = nullptr;                    ///< what is counted besides, if anything is
    bool shows_metrics = false;                    ///< at /metrics
};

/// The answer to one request, its right to be asked included: host, origin and token are checked first.
/// What the store throws is a 500.
answer respond(http_request const&, site const&);

/// The paths below /api/v1 that are answered, as openapi.json writes them: "/messages/{id}".
std::vector<std::string_view> api_resources();

/// A message as lists show it.
boost::json::object to_json(caught_message const&);

/// "event: added\ndata: {...}\n\n", as GET events tells it; `changed` likewise, `removed` carries {"id"}, `cleared` and
/// `faults` {}.
std::string to_event(change const&);

/// The message, as GET wait gives it.
http_response summary_response(caught_message const&);

}  // namespace postrider::devserver
