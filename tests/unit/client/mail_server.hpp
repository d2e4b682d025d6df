#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/test_server.hpp"

namespace postrider::test {

/// How a mail_server answers. A reply stands for a command that begins with its key (without case); the first that fits
/// counts. "." is the end of the content, "<content>" its first line. In place of a reply: "!close", "!hang",
/// and "!last 552 no" for one that it closes behind.
struct dialogue {
    std::string greeting = "220 mx.example ESMTP";
    std::vector<std::string> extensions = {"8BITMIME", "SIZE 1000000"};
    std::vector<std::string> extensions_under_tls;  ///< the same when empty
    std::vector<std::pair<std::string, std::string>> replies;
    /// The reply to a MAIL that other commands came with, which then are out of order; empty: as to any other.
    std::string to_flights;
    bool knows_bdat = true;      ///< otherwise a chunk is a command like any other, and so is each line of it
    int closes_after = -1;       ///< so many replies, its greeting among them; -1: never
    int recipients_at_once = 0;  ///< 452 4.5.3 for more; 0: any number
    bool lmtp = false;
    bool tls_first = false;
    dialogue() {}
};

/// An SMTP server that says what it is told to, and obliges with a plain yes to everything else.
class mail_server {
public:
    explicit mail_server(dialogue, listen_options const& = {});

    std::uint16_t port() const noexcept { return server_.port(); }
    std::string address() const { return server_.address(); }
    /// smtp://127.0.0.1:port
    std::string url(std::string_view scheme = "smtp") const { return std::string(scheme) + "://" + address(); }

    int resumed_sessions() const { return resumed_sessions_; }  ///< TLS handshakes that took up a former one

    /// Every command so far, and content as its lines or its chunks; an octet that is no ASCII as it came.
    std::vector<std::string> heard() const;
    /// The same without EHLO, LHLO or HELO at the start.
    std::vector<std::string> after_hello() const;

private:
    struct session;
    void serve(connection&, SSL_CTX*);

    dialogue dialogue_;
    mutable std::mutex lock_;
    std::vector<std::string> heard_;
    std::atomic<int> resumed_sessions_ = 0;
    test_server server_;  // last: its thread uses all of the above
};

}  // namespace postrider::test
