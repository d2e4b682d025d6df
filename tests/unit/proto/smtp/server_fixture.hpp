#pragma once
#include <doctest/doctest.h>
#include <postrider/proto/smtp/server_engine.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::smtp::testing {

/// Keeps what it is given and writes down every call: "mail rcpt rcpt begin content end".
class recorder final : public server_handler {
public:
    reply hello(std::string_view name) override;
    reply mail(envelope const&) override;
    reply rcpt(envelope const&, forward_path const&) override;
    reply begin_content(envelope const&) override;
    error_code content(std::string_view) override;
    reply end_content(envelope const&) override;
    std::vector<reply> lmtp_end_content(envelope const&) override;
    void abort() noexcept override;
    void stands_for(std::vector<parameter> const& who) override { stood_for = who; }

    struct message {
        envelope from_whom_to_whom;
        std::string content;
        friend bool operator==(message const&, message const&) = default;
    };
    std::vector<message> messages;
    std::string calls;  ///< consecutive pieces of content count as one call
    std::size_t largest_piece = 0;
    std::vector<parameter> stood_for;

    // What it is told to do
    std::string refused_recipient;  ///< 550 5.1.1 for it
    bool judges_by_name = false;    ///< 450 for "later...@x", 550 for "never...@x"; at the end "then-later...@x"...
    bool close_at_rcpt = false, refuse_mail = false, refuse_begin = false, refuse_end = false, fail_content = false,
         keep = true;
    std::vector<reply> lmtp_verdicts;  ///< empty: the default

private:
    void called(std::string_view what);
    std::vector<reply> judged_verdicts(envelope const&);
    std::string content_;
};

/// Speaks to an engine without a socket and gathers what it answers. Octets can be given in pieces of any size.
class server_peer {
public:
    explicit server_peer(server_engine::options o = {}, std::size_t piece = std::string_view::npos);

    /// Says it all, in pieces, and returns what was answered: replies without CRLF, joined with " | ".
    std::string say(std::string_view octets);
    /// The same line by line: "EHLO x" and so on, each with CRLF.
    std::string lines(std::initializer_list<std::string_view> all);
    /// The answer alone to lines after EHLO; the session is greeted before.
    std::string fails_with(error_code ec);

    bool finished() const noexcept { return finished_; }
    error_code how() const noexcept { return how_; }
    std::size_t writes() const noexcept { return writes_; }
    /// How long the last answer was to be held back.
    std::chrono::milliseconds waited() const noexcept { return waited_; }
    bool waits_for_tls() const noexcept { return wants_tls_; }
    /// As a driver that has shaken hands.
    std::string tls_is_up();
    void hang_up();

    recorder handler;
    server_engine engine;

private:
    std::string pump(io_done);

    std::size_t piece_;
    std::string_view pending_;
    std::span<char> room_;
    bool finished_ = false, wants_tls_ = false;
    error_code how_;
    std::size_t writes_ = 0;
    std::chrono::milliseconds waited_{0};
    std::string answer_;
};

/// Options with every limit out of the way.
server_engine::options relaxed();

}  // namespace postrider::smtp::testing
