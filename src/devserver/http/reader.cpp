#include "reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <string>
#include <utility>

namespace postrider::devserver {

namespace http = boost::beast::http;

namespace {

/// Without parameters, in lower case.                                                                RFC 9110 §8.3.1
std::string media_type_of(std::string_view field) {
    auto type = field.substr(0, field.find(';'));
    while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
    return ascii::lower(type);
}

}  // namespace

struct http_reader::machinery {
    http::request_parser<http::string_body> parser;
    std::string pending;  // Beast wants an unfinished header, or chunk line, again and in one piece
    bool started = false;
    bool was_looked_at = false;  // whether its client waits for 100

    state feed(std::string_view& octets);
    bool limit_body();
    static state meaning_of(boost::system::error_code);
};

http_reader::state http_reader::machinery::meaning_of(boost::system::error_code ec) {
    if (ec == http::error::header_limit) return state::header_too_large;
    if (ec == http::error::body_limit) return state::body_too_large;
    return state::malformed;
}

/// Only a message may be long. No page of a stranger's can send one: its type makes browsers ask first, in vain.
/// returns    whether the body that the header announces may come.
bool http_reader::machinery::limit_body() {
    bool const is_message = media_type_of(parser.get()[http::field::content_type]) == "message/rfc822";
    auto const most = is_message ? limits::message_octets : limits::http_body_octets;
    parser.body_limit(most);
    parser.eager(true);
    return parser.content_length().value_or(0) <= most;
}

http_reader::state http_reader::machinery::feed(std::string_view& octets) {
    while (!octets.empty() && !parser.is_done()) {
        boost::system::error_code ec;
        auto used = parser.put(boost::asio::buffer(octets), ec);
        octets.remove_prefix(used);
        if (ec == http::error::need_more) return state::more;
        if (ec) return meaning_of(ec);
        if (parser.is_header_done() && !parser.eager() && !limit_body()) return state::body_too_large;
    }
    return parser.is_done() ? state::done : state::more;
}

http_reader::http_reader() : machinery_(new machinery) {
    machinery_->parser.header_limit(limits::http_header_octets);
    machinery_->parser.body_limit(boost::none);  // limit_body() sets it, once the header is known
}

http_reader::~http_reader() = default;

bool http_reader::idle() const noexcept {
    return !machinery_->started;
}

http_reader::state http_reader::consume(std::string_view& input) {
    auto& pending = machinery_->pending;
    machinery_->started = machinery_->started || !input.empty();
    pending.append(input);
    std::string_view rest = pending;
    auto outcome = machinery_->feed(rest);
    // What was pending before was unfinished, so what is left when the request is done came with this input.
    auto left = outcome == state::done ? rest.size() : 0;
    input.remove_prefix(input.size() - left);
    pending.erase(0, pending.size() - rest.size());
    return outcome;
}

bool http_reader::asks_to_continue() noexcept {
    bool const first = machinery_->parser.is_header_done() && !std::exchange(machinery_->was_looked_at, true);
    return first && boost::beast::iequals(machinery_->parser.get()[http::field::expect], "100-continue");
}

http_request http_reader::take() {
    auto message = machinery_->parser.release();
    http_request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    request.host = std::string(message[http::field::host]);
    if (auto origin = message.find(http::field::origin); origin != message.end())
        request.origin = std::string(origin->value());
    request.token = std::string(message["Postrider-Token"]);
    request.content_type = media_type_of(message[http::field::content_type]);
    request.keep_alive = message.keep_alive();
    request.takes_chunks = message.version() >= 11;
    request.body = std::move(message.body());
    return request;
}

}  // namespace postrider::devserver
