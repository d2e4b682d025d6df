#include "link_request.hpp"

#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/net/error.hpp>

#include "public_address.hpp"

namespace postrider::devserver {
namespace {

constexpr std::uint16_t first_free_port = 1024;  // below are the ports of other protocols, which must not hear us

bool may_ask(link_options const& options, std::string const& address) {
    return options.may_ask ? options.may_ask(address) : is_public_address(address);
}

bool is_address(std::string const& host) {
    in6_addr room;
    return ::inet_pton(AF_INET, host.c_str(), &room) == 1 || ::inet_pton(AF_INET6, host.c_str(), &room) == 1;
}

/// "0x7f.1", "2130706433", "127.1", "fe80::1%1": numbers to the system, though not of the usual form.
bool is_odd_number(std::string const& host) {
    in_addr room;
    return !is_address(host) && (::inet_aton(host.c_str(), &room) != 0 || host.find(':') != host.npos);
}

result<std::vector<std::string>> ask_system(std::string const& host) {
    addrinfo hints{}, *list = nullptr;
    hints.ai_socktype = SOCK_STREAM;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) return make_error_code(net::errc::host_unknown);
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const owner(list, &::freeaddrinfo);
    std::vector<std::string> addresses;
    for (auto* one = list; one; one = one->ai_next) {
        char text[NI_MAXHOST];
        if (::getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
            addresses.emplace_back(text);
    }
    return addresses;
}

/// What the name says, without the addresses that must not be asked. The connection goes to what stands here and looks
/// nothing up again.
net::name_lookup allowed_addresses(link_options const& options) {
    return [lookup = options.lookup, options](std::string const& host) -> result<std::vector<std::string>> {
        auto addresses = lookup ? lookup(host) : ask_system(host);
        if (!addresses) return addresses.error();
        std::erase_if(*addresses, [&](std::string const& one) { return !may_ask(options, one); });
        if (addresses->empty()) return make_error_code(std::errc::permission_denied);
        return addresses;
    };
}

result<std::unique_ptr<net::blocking_stream>> open(link_target const& to, link_options const& options,
                                                   net::deadline until, std::string& why) {
    bool const closed = is_odd_number(to.host) || (is_address(to.host) && !may_ask(options, to.host));
    if (closed) return make_error_code(std::errc::permission_denied);
    net::connect_options how;
    how.lookup = allowed_addresses(options);
    auto io = net::connect({to.host, to.port, {}}, how, until, why);
    if (!io || !to.tls) return io;
    auto const tls = net::client_tls(options.tls, why);
    if (!tls) return tls.error();
    if (auto const failed = (*io)->start_tls(*tls, to.host, until)) {
        why = (*io)->last_error_detail();
        return failed;
    }
    return io;
}

std::string authority(link_target const& to) {
    auto const host = to.host.find(':') == to.host.npos ? to.host : '[' + to.host + ']';
    return to.port == (to.tls ? 443 : 80) ? host : host + ':' + std::to_string(to.port);
}

/// The head of an answer, and no octet more than that needs.
result<std::string> read_head(net::blocking_stream& io, net::deadline until) {
    std::string head;
    std::array<char, 1024> room;
    while (head.find("\r\n\r\n") == head.npos) {
        auto const got = io.read_some(room, until);
        if (!got) return got.error();
        head.append(room.data(), *got);
        if (head.size() > limits::http_header_octets) return make_error_code(std::errc::message_size);
    }
    return head;
}

/// status-line = "HTTP/1." DIGIT " " 3DIGIT " " reason
link_head read_answer(std::string const& head) {
    link_head answer;
    bool const sound = head.starts_with("HTTP/1.") && head.size() > 12 && head[8] == ' ';
    if (sound) std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    if (answer.status < 100) return {0, {}, "the answer is no HTTP"};
    for (auto at = head.find("\r\n"); at + 2 < head.size(); at = head.find("\r\n", at + 2)) {
        constexpr std::string_view name = "location:";
        auto const line = std::string_view(head).substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        if (!ascii::equal_without_case(line.substr(0, name.size()), name)) continue;
        auto const value = line.substr(name.size());
        auto const first = std::min(value.find_first_not_of(" \t"), value.size());
        answer.location = value.substr(first, value.find_last_not_of(" \t") + 1 - first);
    }
    return answer;
}

std::string words_of(error_code why, std::string const& detail) {
    if (why == std::errc::permission_denied) return "the address is not of the public internet, and was not asked";
    return detail.empty() ? why.message() : detail;
}

}  // namespace

std::optional<link_target> target_of(std::string const& url) {
    bool const tls = url.starts_with("https://");
    if (!tls && !url.starts_with("http://")) return std::nullopt;
    auto const rest = std::string_view(url).substr(tls ? 8 : 7);
    auto const end = std::min(rest.find_first_of("/?#"), rest.size());
    auto where = rest.substr(0, end);
    where.remove_prefix(std::min(where.rfind('@') + 1, where.size()));
    link_target to{tls, {}, static_cast<std::uint16_t>(tls ? 443 : 80), {}};
    bool const bracketed = where.starts_with('[') && where.find(']') != where.npos;
    auto const host_end = bracketed ? where.find(']') + 1 : std::min(where.find(':'), where.size());
    to.host = bracketed ? where.substr(1, host_end - 2) : where.substr(0, host_end);
    if (auto const port = where.substr(host_end); port.size() > 1) {
        auto const [stop, ec] = std::from_chars(port.data() + 1, port.data() + port.size(), to.port);
        if (ec != std::errc() || stop != port.data() + port.size()) return std::nullopt;
    }
    to.path = rest.substr(end, rest.find('#') - end);
    if (!to.path.starts_with('/')) to.path.insert(0, 1, '/');
    bool const usual = to.port == 80 || to.port == 443 || to.port >= first_free_port;
    auto const is_plain = [](char c) { return c > ' ' && c != 0x7f; };
    bool const plain =
        std::all_of(to.host.begin(), to.host.end(), is_plain) && std::all_of(to.path.begin(), to.path.end(), is_plain);
    return to.host.empty() || !usual || !plain ? std::nullopt : std::optional(to);
}

std::string joined(link_target const& from, std::string const& location) {
    if (location.find("://") != location.npos) return location;
    std::string const scheme = from.tls ? "https:" : "http:";
    if (location.starts_with("//")) return scheme + location;
    auto const base = scheme + "//" + authority(from);
    if (location.starts_with('/')) return base + location;
    auto const path = from.path.substr(0, from.path.find('?'));
    return base + path.substr(0, path.rfind('/') + 1) + location;
}

link_head request_head(char const* verb, link_target const& to, link_options const& options, net::deadline until) {
    std::string why;
    auto const io = open(to, options, until, why);
    if (!io) return {0, {}, words_of(io.error(), why)};
    auto const request = std::string(verb) + ' ' + to.path + " HTTP/1.1\r\nHost: " + authority(to) +
                         "\r\nUser-Agent: postrider\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    std::string_view const piece = request;
    if (auto const failed = (*io)->write_all({&piece, 1}, until)) return {0, {}, words_of(failed, {})};
    auto const head = read_head(**io, until);
    return head ? read_answer(*head) : link_head{0, {}, words_of(head.error(), {})};
}

}  // namespace postrider::devserver
