#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <postrider/core/ascii.hpp>
#include <postrider/proto/proxy/header.hpp>
#include <vector>

/// https://www.haproxy.org/download/2.8/doc/proxy-protocol.txt
namespace postrider::proxy {
namespace {

constexpr std::string_view signature{"\r\n\r\n\0\r\nQUIT\n", 12};  // §2.2
constexpr std::size_t fixed_octets = 16;
constexpr std::size_t longest_binary = fixed_octets + 4096;  // more than any addresses and all that proxies add
constexpr std::string_view line_begin = "PROXY ";            // §2.1
constexpr std::size_t longest_line = 107;

bool begins_alike(std::string_view a, std::string_view b) noexcept {
    auto const common = std::min(a.size(), b.size());
    return a.substr(0, common) == b.substr(0, common);
}

std::size_t two_octets(std::string_view at) noexcept {
    return static_cast<unsigned char>(at[0]) * 256u + static_cast<unsigned char>(at[1]);
}

std::optional<std::uint16_t> port_of(std::string_view text) noexcept {
    std::uint16_t port = 0;
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), port);
    bool const is_padded = text.size() > 1 && text[0] == '0';
    if (ec != std::errc() || end != text.data() + text.size() || is_padded) return {};
    return port;
}

bool is_address(int family, std::string_view text) {
    std::array<char, sizeof(in6_addr)> room{};
    return ::inet_pton(family, std::string(text).c_str(), room.data()) == 1;
}

std::string address_text(int family, std::string_view octets) {
    std::array<char, INET6_ADDRSTRLEN> room{};
    return ::inet_ntop(family, octets.data(), room.data(), room.size()) ? room.data() : std::string();
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t space = 0; space != line.npos; line.remove_prefix(std::min(line.size(), space + 1))) {
        space = line.find(' ');
        words.push_back(line.substr(0, space));
        if (space == line.npos) break;
    }
    return words;
}

}  // namespace

header_reader::state header_reader::consume(std::string_view octets) {
    header_ += octets;
    return judge();
}

header_reader::state header_reader::needs(std::size_t total) noexcept {
    wanted_ = total - header_.size();
    return state::more;
}

header_reader::state header_reader::over(bool well) noexcept {
    wanted_ = 0;
    return well ? state::done : state::malformed;
}

header_reader::state header_reader::judge() {
    bool const is_binary = begins_alike(header_, signature);
    if (!is_binary && !begins_alike(header_, line_begin)) return over(false);
    if (header_.size() < signature.size()) return needs(signature.size());
    return is_binary ? judge_binary() : judge_line();
}

/// "PROXY TCP4 192.0.2.1 192.0.2.2 4321 25" CRLF, or "PROXY UNKNOWN" and anything.
header_reader::state header_reader::judge_line() {
    if (!header_.ends_with("\r\n")) return header_.size() < longest_line ? needs(header_.size() + 1) : over(false);
    std::string_view const line(header_.data(), header_.size() - 2);
    auto const words = words_of(line);
    if (words.size() >= 2 && words[1] == "UNKNOWN") return over(true);
    if (words.size() != 6 || (words[1] != "TCP4" && words[1] != "TCP6")) return over(false);
    int const family = words[1] == "TCP4" ? AF_INET : AF_INET6;
    auto const from = port_of(words[4]), to = port_of(words[5]);
    if (!is_address(family, words[2]) || !is_address(family, words[3]) || !from || !to) return over(false);
    peer_ = {std::string(words[2]), *from};
    return over(true);
}

header_reader::state header_reader::judge_binary() {
    if (header_.size() < fixed_octets) return needs(fixed_octets);
    constexpr char local_command = 0x20, proxy_command = 0x21, tcp_over_ipv4 = 0x11, tcp_over_ipv6 = 0x21;
    char const command = header_[12], family = header_[13];
    if (command != local_command && command != proxy_command) return over(false);
    auto const total = fixed_octets + two_octets(std::string_view(header_).substr(14));
    if (total > longest_binary) return over(false);
    if (header_.size() < total) return needs(total);
    if (command == local_command || (family != tcp_over_ipv4 && family != tcp_over_ipv6)) return over(true);
    std::size_t const size = family == tcp_over_ipv4 ? sizeof(in_addr) : sizeof(in6_addr);
    std::string_view const addresses = std::string_view(header_).substr(fixed_octets);
    if (addresses.size() < 2 * size + 4) return over(false);
    peer_.address = address_text(family == tcp_over_ipv4 ? AF_INET : AF_INET6, addresses);
    peer_.port = static_cast<std::uint16_t>(two_octets(addresses.substr(2 * size)));
    return over(true);
}

}  // namespace postrider::proxy
