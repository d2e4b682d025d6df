#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <postrider/client/options.hpp>
#include <postrider/client/server_url.hpp>
#include <postrider/client/smtp_error.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/wire.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <string_view>

namespace postrider::smtp {

/// How a pool behaves. What stands here by default suits most servers.
struct pool_options {
    client_options client;                   ///< of each session; a trace must be safe from many threads
    std::optional<sasl::credentials> login;  ///< for each session, where the URL holds none

    std::size_t connections = 4;              ///< open at most; at least 1
    std::size_t messages_a_connection = 100;  ///< then it is closed and another opened; 0: any number

    /// A connection that nobody has used for so long is closed rather than used.
    std::chrono::milliseconds idle_time{60'000};
    /// One that nobody has used for so long is asked first whether it is still there (NOOP).
    std::chrono::milliseconds trusted_time{2'000};

    double messages_a_second = 0;         ///< at a steady pace; 0: as fast as it goes
    std::size_t at_once_to_a_domain = 0;  ///< messages on their way to recipients of the same domain; 0: any number

    /// How long a message waits for a connection and its turn; then it is errc::timeout, and unsent. Without it: for ever.
    std::optional<std::chrono::milliseconds> patience;

    pool_options() {}
};

/// Several sessions with one server, for many threads: each message takes one that is idle, or a new one as long as
/// there are fewer than allowed, or waits.
///
///     smtp::pool server("smtps://me:secret@smtp.example.com");
///     ... in any thread:  server.send(mail);
///
/// - Every session is opened whole and by the same options: TLS, EHLO, STARTTLS as the policy asks, login. None is ever
///   weaker than the first.
/// - A session that the server has ended meanwhile is replaced, and the message goes over another one; never when the
///   server may have the message already: then the report says that it is in doubt.
/// - Nothing runs in the background: sessions idle for too long are closed at the next verb.
/// - The destructor closes without a word, and nobody may be within a verb then. `quit` is the polite way.
class pool {
public:
    /// Does not connect: the first message does.
    /// throws     smtp::invalid_argument for text that is no URL, or options that make no sense
    explicit pool(std::string_view server, pool_options = {});
    explicit pool(server_url, pool_options = {});
    ~pool();
    pool(pool const&) = delete;
    pool& operator=(pool const&) = delete;

    /// As smtp::client::send.                    throws     smtp::error; mime::error
    report send(mime::message const&);
    report send(envelope const&, mime::wire const&);
    result<report> try_send(mime::message const&);
    result<report> try_send(envelope const&, mime::wire const&);

    /// Says goodbye on the idle sessions; those in use close when they are done. The pool may be used again.
    void quit();

    std::size_t idle() const;    ///< sessions that are open and wait for a message
    std::size_t in_use() const;  ///< messages that have a session, or are opening one

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace postrider::smtp
