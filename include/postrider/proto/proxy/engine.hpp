#pragma once
#include <cstdint>
#include <memory>
#include <postrider/proto/step.hpp>
#include <string>

/// Ways through a proxy: engines that speak over a connection to it until that connection leads on to the target.
namespace postrider::proxy {

enum class protocol { socks5, http };

/// Where the proxy shall lead, and who asks.
struct request {
    std::string host;  ///< a name, which the proxy looks up, or an address, IPv6 without brackets
    std::uint16_t port = 0;
    std::string user, password;  ///< no user: no login
};

/// Why a proxy did not lead to its target.
enum class errc {
    refused = 1,            ///< it does not go there: condition::permanent
    authentication_failed,  ///< it wants a login, or another one: condition::permanent
    target_unreachable,     ///< it tried and did not get there: condition::transient
    protocol_violated,      ///< what answered speaks something else
};

std::error_category const& proxy_category() noexcept;
error_code make_error_code(errc) noexcept;

/// Reads not one octet beyond the proxy's own: what follows is the target's.
class engine {
public:
    virtual ~engine() = default;

    /// errors     proxy::errc; std::errc::invalid_argument, before anything is sent, for a host, user or password that
    ///            cannot be written in the protocol; those of the I/O
    virtual step resume(io_done last) = 0;

    /// For people, after a failure: the proxy's own words where it has some, escaped.
    std::string const& words() const noexcept { return words_; }

protected:
    finished fail(error_code why, std::string words) {
        words_ = std::move(words);
        return {why};
    }

private:
    std::string words_;
};

/// CONNECT with a name or an address; a login by user and password.                                RFC 1928, RFC 1929
std::unique_ptr<engine> make_socks5(request);

/// CONNECT over HTTP/1.1; a login by Basic.                                    RFC 9110 §9.3.6, RFC 9112 §3.2.3, RFC 7617
std::unique_ptr<engine> make_http_connect(request);

std::unique_ptr<engine> make_engine(protocol, request);

}  // namespace postrider::proxy

template <>
struct std::is_error_code_enum<postrider::proxy::errc> : std::true_type {};
