#pragma once
#include <cstdint>
#include <postrider/client/smtp.hpp>
#include <string>
#include <string_view>

namespace postrider::lmtp {

using client_options = smtp::client_options;
using report = smtp::report;

/// A client that speaks LMTP: LHLO, and an answer for each recipient after the content.                       RFC 2033
class client : public smtp::client {
public:
    /// `server`   host[:port], 2003 by default as in smtplib; the path of a unix socket, beginning with "/"; an lmtp
    /// URL.
    explicit client(std::string_view server, client_options = {});
    explicit client(std::string const& host, std::uint16_t port, client_options = {});
};

}  // namespace postrider::lmtp
