#include "http_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <postrider/core/limits.hpp>
#include <string>

namespace postrider::devserver {

namespace http = boost::beast::http;

struct http_reader::machinery {
    http::request_parser<http::string_body> parser;
    std::string pending;  // Beast wants an unfinished header, or chunk line, again and in one piece
    bool started = false;

    state feed(std::string_view& octets);
    static state meaning_of(boost::system::error_code);
};

http_reader::state http_reader::machinery::meaning_of(boost::system::error_code ec) {
    if (ec == http::error::header_limit) return state::header_too_large;
    if (ec == http::error::body_limit) return state::body_too_large;
    return state::malformed;
}

http_reader::state http_reader::machinery::feed(std::string_view& octets) {
    while (!octets.empty() && !parser.is_done()) {
        boost::system::error_code ec;
        auto used = parser.put(boost::asio::buffer(octets), ec);
        octets.remove_prefix(used);
        if (ec == http::error::need_more) return state::more;
        if (ec) return meaning_of(ec);
    }
    return parser.is_done() ? state::done : state::more;
}

http_reader::http_reader() : machinery_(new machinery) {
    machinery_->parser.eager(true);
    machinery_->parser.header_limit(limits::http_header_octets);
    machinery_->parser.body_limit(limits::http_body_octets);
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

http_request http_reader::take() {
    auto message = machinery_->parser.release();
    http_request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    request.host = std::string(message[http::field::host]);
    if (auto origin = message.find(http::field::origin); origin != message.end())
        request.origin = std::string(origin->value());
    request.keep_alive = message.keep_alive();
    request.body = std::move(message.body());
    return request;
}

}  // namespace postrider::devserver
