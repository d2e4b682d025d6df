#include <algorithm>
#include <array>
#include <optional>
#include <postrider/codec/base64.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/proto/proxy/engine.hpp>
#include <postrider/proto/smtp/escape.hpp>
#include <string_view>
#include <utility>

namespace postrider::proxy {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Whether the text can stand in a request line and a field without ending it.
bool fits(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7f; });
}

std::string authority_of(request const& wish) {
    bool const bracketed = wish.host.find(':') != wish.host.npos;
    return (bracketed ? '[' + wish.host + ']' : wish.host) + ':' + std::to_string(wish.port);
}

/// The status code; nothing when the line is not one of HTTP/1.                                        RFC 9112 §4
std::optional<int> status_of(std::string_view line) {
    bool const is_status = line.size() >= 12 && line.starts_with("HTTP/1.") && is_digit(line[7]) && line[8] == ' ' &&
                           std::all_of(line.begin() + 9, line.begin() + 12, is_digit) &&
                           (line.size() == 12 || line[12] == ' ');
    if (!is_status) return std::nullopt;
    return (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
}

errc failure_of(int status) {
    if (status == 407 || status == 401) return errc::authentication_failed;
    return status >= 500 ? errc::target_unreachable : errc::refused;
}

class http_connect final : public engine {
public:
    explicit http_connect(request wish) : wish_(std::move(wish)) {}

    step resume(io_done last) override {
        if (last.ec) return fail(last.ec, "the connection to the proxy: " + last.ec.message());
        if (out_.empty()) return begin();
        if (over_) return finished{};
        head_.append(room_.data(), last.bytes);
        if (octets_missing() == 0) return take();
        if (head_.size() >= limits::proxy_reply_octets)
            return fail(errc::protocol_violated, "the proxy's answer has no end");
        return need_bytes{std::span(room_).first(octets_missing()), phase::connect};
    }

private:
    step begin() {
        bool const fitting =
            !wish_.host.empty() && fits(wish_.host) && wish_.host.find_first_of("/?#@[]") == std::string::npos;
        // RFC 7617 §2: a colon in the user could not be told from the one behind it.
        if (!fitting || wish_.user.find(':') != wish_.user.npos)
            return fail(make_error_code(std::errc::invalid_argument),
                        "a host or user that cannot be written in an HTTP request");
        auto const target = authority_of(wish_);
        out_ = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
        if (!wish_.user.empty())
            out_ += "Proxy-Authorization: Basic " + codec::encode_base64(wish_.user + ':' + wish_.password) + "\r\n";
        out_ += "\r\n";
        piece_ = out_;
        return send_bytes{{&piece_, 1}, phase::connect};
    }

    /// How many octets the head lacks at least: so many can be read without touching what follows it.  RFC 9112 §2.2
    std::size_t octets_missing() const {
        if (head_.ends_with("\n\r\n") || head_.ends_with("\n\n")) return 0;
        if (head_.ends_with("\n") || head_.ends_with("\n\r")) return 1;
        return 2;
    }

    step take() {
        std::string_view line(head_);
        line = line.substr(0, line.find('\n'));
        if (line.ends_with('\r')) line.remove_suffix(1);
        auto const status = status_of(line);
        if (!status)
            return fail(errc::protocol_violated, "what answers there is no HTTP proxy: " + smtp::escaped(line));
        if (*status >= 200 && *status < 300) {
            over_ = true;
            return finished{};
        }
        if (*status >= 200) return fail(failure_of(*status), "the proxy says: " + smtp::escaped(line));
        if (++interim_ > limits::proxy_interim_replies)
            return fail(errc::protocol_violated, "the proxy says again and again that it is not ready yet");
        head_.clear();
        return need_bytes{std::span(room_).first(octets_missing()), phase::connect};
    }

    request wish_;
    std::string out_, head_;
    std::string_view piece_;
    std::array<char, 2> room_{};
    std::size_t interim_ = 0;
    bool over_ = false;
};

}  // namespace

std::unique_ptr<engine> make_http_connect(request wish) {
    return std::make_unique<http_connect>(std::move(wish));
}

}  // namespace postrider::proxy
