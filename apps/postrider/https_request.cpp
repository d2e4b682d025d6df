#include "https_request.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>
#include <chrono>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/net/stream.hpp>

#include "exit_codes.hpp"

namespace postrider::app {
namespace {

namespace http = boost::beast::http;

struct target {
    net::endpoint where;
    std::string authority, path;
    bool in_clear = false;
};

enum class url_form { https, any };  // any: http:// too, and a query

target parse_url(std::string const& url, url_form form = url_form::https) {
    bool const in_clear = form == url_form::any && url.starts_with("http://");
    std::string_view const scheme = in_clear ? "http://" : "https://";
    std::string_view const rest = std::string_view(url).substr(std::min(scheme.size(), url.size()));
    auto const slash = std::min(rest.find('/'), rest.size());
    target to{{}, std::string(rest.substr(0, slash)), std::string(rest.substr(slash)), in_clear};
    if (to.path.empty()) to.path = "/";
    auto const colon = std::min(to.authority.find(':'), to.authority.size());
    to.where.host = to.authority.substr(0, colon);
    to.where.port = in_clear ? 80 : 443;
    std::string const port = to.authority.substr(std::min(colon + 1, to.authority.size()));
    bool const port_is_right =
        colon == to.authority.size() ||
        std::from_chars(port.data(), port.data() + port.size(), to.where.port).ptr == port.data() + port.size();
    bool const host_is_right =
        !to.where.host.empty() && std::all_of(to.where.host.begin(), to.where.host.end(),
                                              [](char c) { return ascii::is_alnum(c) || c == '.' || c == '-'; });
    bool const path_is_right = std::all_of(to.path.begin(), to.path.end(), [&](char c) {
        return c > ' ' && c < 127 && c != '#' && (c != '?' || form == url_form::any);
    });
    if (!url.starts_with(scheme) || !host_is_right || !port_is_right || !path_is_right)
        throw error(exit_code::config,
                    "'" + url + "' is no " +
                        (form == url_form::any ? "http:// or https:// URL" : "https:// URL without a query"));
    return to;
}

[[noreturn]] void fail(target const& to, error_code why, std::string const& words) {
    bool const is_tls = why == io_errc::tls_failed;
    throw error(is_tls ? exit_code::protocol : exit_code::try_later,
                to.authority + ": " + (words.empty() ? why.message() : words),
                is_tls ? "give the server's CA with --ca-file, or look who it is that answers" : "try again later");
}

using parser = http::response_parser<http::string_body>;

/// Takes what can be understood so far; false where nothing can.
bool feed(parser& into, std::string& octets) {
    while (!octets.empty() && !into.is_done()) {
        boost::system::error_code wrong;
        octets.erase(0, into.put(boost::asio::buffer(octets), wrong));
        if (wrong == http::error::need_more) return true;
        if (wrong) return false;
    }
    return true;
}

https_answer read_answer(net::blocking_stream& io, target const& to, std::uint64_t body_octets, net::deadline until) {
    parser answer;
    answer.eager(true);
    answer.header_limit(limits::http_header_octets);
    answer.body_limit(body_octets);
    std::string unread;
    std::array<char, 4096> room;
    bool is_sound = true;
    while (is_sound && !answer.is_done()) {
        auto const got = io.read_some(room, until);
        bool const at_end = !got && got.error() == io_errc::end_of_stream && answer.is_header_done();
        if (!got && !at_end) fail(to, got.error(), io.last_error_detail());
        if (at_end) {
            boost::system::error_code cut;
            answer.put_eof(cut);
            is_sound = !cut;
        } else {
            is_sound = feed(answer, unread.append(room.data(), *got));
        }
    }
    if (!is_sound)
        throw error(
            exit_code::try_later,
            to.authority + " gives no sound answer, or one of more than " + std::to_string(body_octets) + " octets",
            "try again later");
    auto& got = answer.get();
    return {got.result_int(), std::string(got[http::field::content_type]), std::move(got.body())};
}

https_answer ask(target const& to, std::string const& request, net::tls_options const& options,
                 https_wishes const& wishes) {
    auto const until = std::chrono::steady_clock::now() + wishes.timeout;
    net::endpoint where = to.where;
    if (wishes.port != 0) where.port = wishes.port;
    net::connect_options connecting;
    connecting.lookup = wishes.lookup;
    std::string why;
    auto const tls = net::client_tls(options, why);
    if (!tls) fail(to, tls.error(), why);
    auto const io = net::connect(where, connecting, until, why);
    if (!io) fail(to, io.error(), why);
    if (!to.in_clear)
        if (auto const failed = (*io)->start_tls(*tls, to.where.host, until))
            fail(to, failed, (*io)->last_error_detail());
    std::string_view const piece = request;
    if (auto const failed = (*io)->write_all({&piece, 1}, until)) fail(to, failed, (*io)->last_error_detail());
    return read_answer(**io, to, wishes.body_octets, until);
}

std::string head(char const* verb, target const& to, std::string const& accept) {
    return std::string(verb) + " " + to.path + " HTTP/1.1\r\nHost: " + to.authority + "\r\nAccept: " + accept +
           "\r\nUser-Agent: postrider\r\nConnection: close\r\n";
}

https_answer post(target const& to, std::string const& type, std::string const& body, net::tls_options const& options,
                  https_wishes const& wishes) {
    return ask(to,
               head("POST", to, wishes.accept) + "Content-Type: " + type +
                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
               options, wishes);
}

void append_encoded(std::string& out, std::string_view text) {
    for (unsigned char octet : text) {
        bool const plain = ascii::is_alnum(static_cast<char>(octet)) ||
                           std::string_view("-._~").find(static_cast<char>(octet)) != std::string_view::npos;
        if (plain) {
            out += static_cast<char>(octet);
        } else {
            out += {'%', "0123456789ABCDEF"[octet >> 4], "0123456789ABCDEF"[octet & 15]};
        }
    }
}

}  // namespace

https_answer https_get(std::string const& url, net::tls_options const& options, https_wishes const& wishes) {
    target const to = parse_url(url);
    return ask(to, head("GET", to, wishes.accept) + "\r\n", options, wishes);
}

https_answer https_post(std::string const& url, form const& values, net::tls_options const& options) {
    https_wishes const usual;
    return post(parse_url(url), "application/x-www-form-urlencoded", encoded(values), options, usual);
}

https_answer post_json(std::string const& url, std::string const& document, net::tls_options const& options,
                       https_wishes const& wishes) {
    return post(parse_url(url, url_form::any), "application/json", document, options, wishes);
}

void need_http_url(std::string const& url) {
    parse_url(url, url_form::any);
}

std::string encoded(form const& values) {
    std::string text;
    for (auto const& [name, value] : values) {
        if (!text.empty()) text += '&';
        append_encoded(text, name);
        text += '=';
        append_encoded(text, value);
    }
    return text;
}

}  // namespace postrider::app
