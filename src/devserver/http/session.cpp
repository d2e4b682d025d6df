#include "session.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <postrider/core/limits.hpp>

#include "reader.hpp"

namespace postrider::devserver {
namespace {

namespace asio = boost::asio;
using clock = std::chrono::steady_clock;

constexpr std::chrono::seconds request_time{10};  // idle connections and slow headers alike
constexpr std::chrono::minutes response_time{5};
constexpr std::chrono::seconds between_signs_of_life{15};

/// Beside the request: octets that came behind it, which belong to the next one.
struct connection {
    explicit connection(net::async_stream over) : stream(std::move(over)) {}
    net::async_stream stream;
    std::string early;
};

http_response refusal_of(http_reader::state state) {
    switch (state) {
        case http_reader::state::header_too_large: return error_response("header-too-large");
        case http_reader::state::body_too_large: return error_response("body-too-large");
        case http_reader::state::more: return error_response("request-timeout");
        default: return error_response("malformed-request");
    }
}

asio::awaitable<error_code> write(net::async_stream& to, std::string_view head, std::string_view body) {
    std::array<std::string_view, 2> pieces{head, body};
    co_return co_await to.write_all(pieces, clock::now() + response_time);
}

/// Reads into `reader` until it has all of a request, refuses it, or the peer leaves it unfinished: `more`.
asio::awaitable<http_reader::state> read_request(connection& from, http_reader& reader) {
    auto deadline = clock::now() + request_time;
    std::array<char, 8192> room;
    for (;;) {
        std::string_view input = from.early;
        auto state = reader.consume(input);
        from.early = std::string(input);
        if (state != http_reader::state::more) co_return state;
        if (reader.asks_to_continue()) co_await write(from.stream, "HTTP/1.1 100 Continue\r\n\r\n", {});
        auto got = co_await from.stream.read_some(room, deadline);
        if (!got) co_return state;
        from.early.assign(room.data(), *got);
    }
}

asio::awaitable<error_code> write_response(net::async_stream& to, http_response const& response, bool with_body,
                                           bool keep_alive) {
    auto head = head_of(response, response.body.size(), keep_alive);
    co_return co_await write(to, head, with_body ? std::string_view(response.body) : std::string_view());
}

/// Sleeps until `timer` is cancelled or its time has come.
asio::awaitable<void> sleep(asio::steady_timer& timer, clock::duration how_long) {
    boost::system::error_code ignored;
    timer.expires_after(how_long);
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

/// Runs `work` on a thread that may block, and comes back with what it made, which may be a 500 by itself.
template <class Made>
asio::awaitable<Made> work_elsewhere(site const& at, std::function<Made()> work) {
    auto guarded = [work = std::move(work)]() -> Made {
        try {
            return work();
        } catch (std::exception const& failure) {
            return error_response("failed", {{"why", failure.what()}});
        }
    };
    auto on_a_thread = [guarded = std::move(guarded)]() -> asio::awaitable<Made> { co_return guarded(); };
    co_return co_await asio::co_spawn(*at.threads, std::move(on_a_thread), asio::use_awaitable);
}

asio::awaitable<std::optional<caught_message>> look_for(wait_for_message asked, site const& at) {
    auto found = std::make_shared<std::optional<caught_message>>();
    // With a name: g++ 12 destroys twice what is made within a co_await.
    std::function<http_response()> look = [asked = std::move(asked), &at, found] {
        auto const end = clock::now() + limits::search_time;
        *found = at.messages.newest(asked.meant, asked.to, asked.subject, end);
        return http_response();
    };
    co_await work_elsewhere(at, std::move(look));
    co_return *found;
}

bool is_awaited(caught_message const& message, wait_for_message const& asked, site const& at) {
    return answers(message, asked.to, asked.subject) && at.messages.is_meant(message.id, asked.meant);
}

asio::awaitable<http_response> await_message(asio::any_io_executor on, wait_for_message const& asked, site const& at) {
    auto const end = clock::now() + asked.timeout;
    asio::steady_timer timer(on);
    std::optional<caught_message> found;
    auto look = [&](change const& news) {
        if (found || news.kind != change::added || !is_awaited(news.message, asked, at)) return;
        found = news.message;
        timer.cancel();
    };
    // From here on nothing that comes is missed, and what came before is looked for.
    feed::subscription listening(at.changes, look);
    if (auto before = co_await look_for(asked, at); before && !found) found = std::move(before);
    if (!found) co_await sleep(timer, std::max(end - clock::now(), clock::duration(0)));
    co_return found ? summary_response(*found) : error_response("nothing-came");
}

asio::awaitable<void> stream_events(net::async_stream& to, event_stream const& asked, site const& at) {
    asio::steady_timer timer(to.get_executor());
    std::string unsent = "retry: 1000\n\n";
    auto queue = [&](change const& news) {
        bool const of_one = news.kind != change::cleared && news.kind != change::faults;
        if (asked.inbox && of_one && news.message.inbox != *asked.inbox) return;
        unsent += to_event(news);
        timer.cancel();
    };
    feed::subscription listening(at.changes, queue);
    std::optional<counted_one> counted;
    if (at.counted) counted.emplace(at.counted->event_listeners);
    http_response response;
    response.content_type = "text/event-stream";
    auto head = head_of(response, std::nullopt, false);
    auto ec = co_await write(to, head, std::string_view());
    while (!ec && unsent.size() <= limits::http_unsent_events) {
        if (unsent.empty()) co_await sleep(timer, between_signs_of_life);
        // A comment: it tells us whether anyone is left to read.
        auto sending = unsent.empty() ? std::string(":\n\n") : std::exchange(unsent, {});
        ec = co_await write(to, sending, std::string_view());
    }
}

/// A piece with what stands around it in a chunked body; the last one is empty.                     RFC 9112 §7.1
asio::awaitable<error_code> write_chunk(net::async_stream& to, std::string_view piece) {
    std::array<char, 16> room;
    auto const end = std::to_chars(room.data(), room.data() + room.size(), piece.size(), 16).ptr;
    std::string const size = std::string(room.data(), end) + "\r\n";
    std::array<std::string_view, 3> pieces{size, piece, "\r\n"};
    co_return co_await to.write_all(pieces, clock::now() + response_time);
}

/// The next piece, or nothing where it cannot be made.
asio::awaitable<std::optional<std::string>> next_piece(octet_stream const& of, site const& at) {
    auto piece = std::make_shared<std::string>();
    std::function<http_response()> make = [&of, piece] {
        *piece = of.next();
        return http_response();
    };
    auto const made = co_await work_elsewhere(at, std::move(make));
    if (made.status != 200) co_return std::nullopt;
    co_return std::move(*piece);
}

/// Whether the connection may go on. A piece that cannot be made ends it, so that nobody takes the part for the whole.
asio::awaitable<bool> write_pieces(net::async_stream& to, octet_stream const& long_answer, http_request const& request,
                                   site const& at) {
    auto response = long_answer.head;
    bool const chunked = request.takes_chunks, keep_alive = chunked && request.keep_alive;
    if (chunked) response.fields.emplace_back("Transfer-Encoding", "chunked");
    auto head = head_of(response, std::nullopt, keep_alive);
    auto ec = co_await write(to, head, std::string_view());
    for (bool more = request.method != "HEAD"; more && !ec;) {
        auto const piece = co_await next_piece(long_answer, at);
        if (!piece) co_return false;
        more = !piece->empty();
        if (chunked)
            ec = co_await write_chunk(to, *piece);
        else
            ec = co_await write(to, *piece, std::string_view());
    }
    co_return !ec && keep_alive;
}

/// Counts a request while it is being answered.
class at_work {
public:
    explicit at_work(std::size_t& count) noexcept : count_(count) { ++count_; }
    ~at_work() { --count_; }
    at_work(at_work const&) = delete;

private:
    std::size_t& count_;
};

/// Whether the connection may go on.
asio::awaitable<bool> answer_one(net::async_stream& to, http_request const& request, site const& at,
                                 std::size_t& busy) {
    auto answer = respond(request, at);
    if (auto* events = std::get_if<event_stream>(&answer)) {
        co_await stream_events(to, *events, at);
        co_return false;
    }
    at_work counted(busy);
    http_response response;
    if (auto* asked = std::get_if<wait_for_message>(&answer))
        response = co_await await_message(to.get_executor(), *asked, at);
    else if (auto* slow = std::get_if<slow_work>(&answer)) {
        response = co_await work_elsewhere(at, std::move(slow->run));
        if (slow->then) slow->then();
    } else if (auto* search = std::get_if<slow_stream>(&answer)) {
        auto found = co_await work_elsewhere(at, std::move(search->run));
        if (auto* pieces = std::get_if<octet_stream>(&found)) co_return co_await write_pieces(to, *pieces, request, at);
        response = std::move(std::get<http_response>(found));
    } else
        response = std::move(std::get<http_response>(answer));
    if (at.counted) ++at.counted->http_responses[response.status];
    auto ec = co_await write_response(to, response, request.method != "HEAD", request.keep_alive);
    co_return !ec && request.keep_alive;
}

}  // namespace

asio::awaitable<void> serve_http(net::async_stream stream, site const& at, std::size_t& busy) {
    connection open(std::move(stream));
    for (bool go_on = true; go_on;) {
        http_reader reader;
        auto state = co_await read_request(open, reader);
        if (state == http_reader::state::done) {
            auto request = reader.take();
            go_on = co_await answer_one(open.stream, request, at, busy);
            continue;
        }
        if (!reader.idle()) {
            auto const refusal = refusal_of(state);
            co_await write_response(open.stream, refusal, true, false);
        }
        go_on = false;
    }
}

}  // namespace postrider::devserver
