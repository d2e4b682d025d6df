#include <arpa/inet.h>

#include <array>
#include <postrider/proto/proxy/engine.hpp>
#include <string_view>
#include <utility>

namespace postrider::proxy {
namespace {

// RFC 1928 §3-6, RFC 1929 §2
constexpr char version = 5, login_version = 1;
constexpr char no_login = 0, by_password = 2, no_method = '\xff';
constexpr char connect_command = 1;
constexpr char ipv4_type = 1, name_type = 3, ipv6_type = 4;
constexpr std::size_t longest_text = 255;  // its length is one octet
constexpr std::size_t port_octets = 2;

std::string with_length(std::string const& text) {
    return static_cast<char>(text.size()) + text;
}

std::string target_of(request const& wish) {
    char room[sizeof(in6_addr)];
    std::string target;
    if (::inet_pton(AF_INET, wish.host.c_str(), room) == 1)
        target = ipv4_type + std::string(room, sizeof(in_addr));
    else if (::inet_pton(AF_INET6, wish.host.c_str(), room) == 1)
        target = ipv6_type + std::string(room, sizeof(in6_addr));
    else
        target = name_type + with_length(wish.host);
    target += static_cast<char>(wish.port >> 8);
    target += static_cast<char>(wish.port & 0xff);
    return target;
}

struct refusal {
    errc code;
    char const* words;
};

refusal refusal_of(char reply) {
    switch (reply) {
        case 1: return {errc::target_unreachable, "general failure"};
        case 2: return {errc::refused, "not allowed by its rules"};
        case 3: return {errc::target_unreachable, "network unreachable"};
        case 4: return {errc::target_unreachable, "host unreachable"};
        case 5: return {errc::target_unreachable, "connection refused"};
        case 6: return {errc::target_unreachable, "TTL expired"};
        case 7: return {errc::refused, "command not supported"};
        case 8: return {errc::refused, "address type not supported"};
        default: return {errc::protocol_violated, "a reply that SOCKS 5 does not know"};
    }
}

class socks5 final : public engine {
public:
    explicit socks5(request wish) : wish_(std::move(wish)) {}

    step resume(io_done last) override {
        if (last.ec) return fail(last.ec, "the connection to the proxy: " + last.ec.message());
        if (asked_ == asked::nothing) return begin();
        have_ += last.bytes;
        if (have_ < due_) return need_bytes{std::span(in_).subspan(have_, due_ - have_), phase::connect};
        return take();
    }

private:
    /// What the octets that we wait for answer.
    enum class asked { nothing, method, login, connection, name_length, bound_address, done };

    step begin() {
        if (wish_.host.empty() || wish_.host.size() > longest_text || wish_.user.size() > longest_text ||
            wish_.password.size() > longest_text || wish_.host.find('\0') != wish_.host.npos)
            return fail(make_error_code(std::errc::invalid_argument),
                        "SOCKS takes a host, user and password of 1 to 255 octets");
        std::string const methods = wish_.user.empty() ? std::string{no_login} : std::string{no_login, by_password};
        return say(version + with_length(methods), asked::method, 2);
    }

    step take() {
        switch (asked_) {
            case asked::method: return take_method();
            case asked::login:
                if (in_[1] != 0)
                    return fail(errc::authentication_failed, "the proxy does not take this user and password");
                return ask_for_connection();
            case asked::connection: return take_connection();
            case asked::name_length:
                return hear(asked::bound_address, std::size_t{static_cast<unsigned char>(in_[0])} + port_octets);
            case asked::bound_address: asked_ = asked::done; [[fallthrough]];
            case asked::nothing:
            case asked::done: return finished{};
        }
        return finished{};
    }

    step take_method() {
        if (in_[0] != version) return fail(errc::protocol_violated, "what answers there is no SOCKS 5 proxy");
        if (in_[1] == no_login) return ask_for_connection();
        if (in_[1] == by_password && !wish_.user.empty())
            return say(login_version + with_length(wish_.user) + with_length(wish_.password), asked::login, 2);
        if (in_[1] != no_method) return fail(errc::protocol_violated, "the proxy chose a login that was not offered");
        return fail(errc::authentication_failed, wish_.user.empty() ? "the proxy wants a login: give user and password"
                                                                    : "the proxy takes no login by password");
    }

    step ask_for_connection() {
        return say(std::string{version, connect_command, 0} + target_of(wish_), asked::connection, 4);
    }

    step take_connection() {
        if (in_[0] != version) return fail(errc::protocol_violated, "the proxy's answer is not one of SOCKS 5");
        if (in_[1] != 0) {
            auto const [code, words] = refusal_of(in_[1]);
            return fail(code, "the proxy says: " + std::string(words));
        }
        switch (in_[3]) {
            case ipv4_type: return hear(asked::bound_address, sizeof(in_addr) + port_octets);
            case ipv6_type: return hear(asked::bound_address, sizeof(in6_addr) + port_octets);
            case name_type: return hear(asked::name_length, 1);
            default: return fail(errc::protocol_violated, "the proxy's answer holds an address of no known type");
        }
    }

    step say(std::string octets, asked what, std::size_t answer_octets) {
        out_ = std::move(octets);
        piece_ = out_;
        asked_ = what;
        have_ = 0;
        due_ = answer_octets;
        return send_bytes{{&piece_, 1}, phase::connect};
    }

    step hear(asked what, std::size_t octets) {
        asked_ = what;
        have_ = 0;
        due_ = octets;
        return need_bytes{std::span(in_).first(octets), phase::connect};
    }

    request wish_;
    asked asked_ = asked::nothing;
    std::string out_;
    std::string_view piece_;
    std::array<char, longest_text + port_octets> in_{};
    std::size_t have_ = 0, due_ = 0;
};

}  // namespace

std::unique_ptr<engine> make_socks5(request wish) {
    return std::make_unique<socks5>(std::move(wish));
}

}  // namespace postrider::proxy
