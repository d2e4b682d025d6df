#include "message.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <postrider/core/ascii.hpp>

namespace postrider::devserver {
namespace {

// What the page may do: talk to this server, and run nothing that is not its own.
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types "
    "'none'";

std::string_view reason_of(int status) noexcept {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 400: return "Bad Request";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 421: return "Misdirected Request";
        case 431: return "Request Header Fields Too Large";
        case 503: return "Service Unavailable";
        default: return "Internal Server Error";
    }
}

bool is_attr_char(char c) noexcept {
    return ascii::is_alnum(c) || std::string_view("!#$&+-.^_`|~").find(c) != std::string_view::npos;
}

std::string_view last_component(std::string_view path) noexcept {
    auto slash = path.find_last_of("/\\");
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_port(std::string_view text) noexcept {
    return text.size() <= 5 && std::all_of(text.begin(), text.end(), ascii::is_digit);
}

}  // namespace

http_response error_response(complaint const& about) {
    boost::json::object args;
    for (auto const& [name, value] : about.values) args[name] = value;
    http_response response;
    response.status = about.status;
    response.body = boost::json::serialize(
                        boost::json::object{{"error", about.text}, {"code", about.code}, {"args", std::move(args)}}) +
                    "\n";
    return response;
}

http_response error_response(problem what, problem_values values) {
    return error_response(complaint(what, std::move(values)));
}

std::string head_of(http_response const& response, std::optional<std::size_t> length, bool keep_alive) {
    std::string head =
        "HTTP/1.1 " + std::to_string(response.status) + ' ' + std::string(reason_of(response.status)) + "\r\n";
    auto add = [&](std::string_view name, std::string_view value) {
        head.append(name).append(": ").append(value).append("\r\n");
    };
    bool has_own_policy = false;
    for (auto const& [name, value] : response.fields) {
        has_own_policy = has_own_policy || name == "Content-Security-Policy";
        add(name, value);
    }
    add("Content-Type", response.content_type);
    if (length) add("Content-Length", std::to_string(*length));
    if (!has_own_policy) add("Content-Security-Policy", page_policy);
    add("X-Content-Type-Options", "nosniff");
    add("X-DNS-Prefetch-Control", "off");
    add("Referrer-Policy", "no-referrer");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cache-Control", "no-store");
    add("Connection", keep_alive ? "keep-alive" : "close");
    return head + "\r\n";
}

std::string attachment_disposition(std::string_view name) {
    static constexpr char digits[] = "0123456789ABCDEF";
    name = last_component(name);
    if (name.empty()) name = "attachment";
    std::string plain, encoded;
    for (unsigned char c : name) {
        plain += c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%' ? static_cast<char>(c) : '_';
        if (is_attr_char(c))
            encoded += static_cast<char>(c);
        else
            encoded += {'%', digits[c >> 4], digits[c & 15]};
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

bool is_own_host(std::string_view host, std::string_view bound) {
    auto colon = host.rfind(':');
    auto bracket = host.rfind(']');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || bracket < colon)) {
        if (!is_port(host.substr(colon + 1))) return false;
        host = host.substr(0, colon);
    }
    auto name = ascii::lower(host);
    auto own = bound.find(':') == std::string_view::npos ? ascii::lower(bound) : '[' + ascii::lower(bound) + ']';
    return name == "localhost" || name == "127.0.0.1" || name == "[::1]" || (!name.empty() && name == own);
}

bool is_own_origin(std::optional<std::string> const& origin, std::string_view host) {
    return !origin || ascii::lower(*origin) == "http://" + ascii::lower(host);
}

}  // namespace postrider::devserver
