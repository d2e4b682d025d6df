#include "server_session.hpp"

#include <postrider/core/error.hpp>
#include <utility>

namespace postrider::pop3::server_side {

session::session(server_engine::options asked, server_handler& to) : options(std::move(asked)), handler(to) {}

void session::lines(std::string_view text) {
    output.append(text).append("\r\n");
}

void session::ok(std::string_view words) {
    output += "+OK ";
    lines(words);
}

void session::err(std::string_view words) {
    output += "-ERR ";
    lines(words);
}

void session::nonsense(std::string_view words) {
    err(words);
    if (++errors != options.max_errors) return;
    err("too many errors");
    over = make_error_code(postrider::errc::limit_reached);
}

}  // namespace postrider::pop3::server_side
