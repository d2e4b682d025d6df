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

#include "fault_book.hpp"
#include "feed.hpp"
#include "http_message.hpp"
#include "store.hpp"

namespace boost::asio {
class thread_pool;
}

namespace postrider::devserver {

/// GET wait: answered once a message matches, or the time is over.
struct wait_for_message {
    std::string to;       ///< pattern of a forward-path
    std::string subject;  ///< part of a subject
    std::chrono::milliseconds timeout;
};

/// GET events: answered without end.
struct event_stream {};

/// What takes its time, a lookup or a delivery: done on a thread of its own, while others are answered. What it throws
/// is a 500.
struct slow_work {
    std::function<http_response()> run;
};

/// A long answer, of which no more is held than a piece.
struct octet_stream {
    http_response head;  ///< without a body
    /// The next piece; an empty one behind the last; nothing when it cannot be made. Must not throw.
    std::function<std::optional<std::string>()> next;
};

using answer = std::variant<http_response, wait_for_message, event_stream, slow_work, octet_stream>;

/// What requests are about.
struct site {
    store& messages;
    feed& changes;
    std::string bound_host;                       ///< where the server was told to listen
    boost::asio::thread_pool* threads = nullptr;  ///< for slow_work; outlives all requests
    release_options const* release = nullptr;     ///< nothing: no message can be sent on
    lint::outside const* outside = nullptr;       ///< what the checks of a message may ask
    fault_book* faults = nullptr;                 ///< none: there are none to be asked for
};

/// The answer to one request, its right to be asked included: host and origin are checked first.
/// What the store throws is a 500.
answer respond(http_request const&, site const&);

/// A message as lists show it.
boost::json::object to_json(caught_message const&);

/// "event: added\ndata: {...}\n\n", as GET events tells it; `removed` carries {"id"}, `cleared` and `faults` {}.
std::string to_event(change const&);

/// The message, as GET wait gives it.
http_response summary_response(caught_message const&);

}  // namespace postrider::devserver
