#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <postrider/client/mail_run.hpp>
#include <postrider/client/options.hpp>
#include <postrider/client/server_url.hpp>
#include <postrider/client/smtp_error.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/wire.hpp>
#include <postrider/net/tls_peer.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::smtp {

/// smtp::client as coroutines, over the same engine. One verb at a time. Verbs throw smtp::error; those named `try`
/// return the same failure as a value.
///
/// Deadlines and cancellation (asio's cancellation slots, or `cancel()`) end a verb with errc::timeout or ::cancelled
/// after what it awaited has ended; the link is then closed and `async_connect` may be called again. The executor must
/// be a strand where many threads run it. The destructor closes without a word.
class async_client {
public:
    /// `server`   a URL, or host[:port]. Does not connect: async_connect does.
    /// throws     smtp::invalid_argument for text that names no server
    async_client(boost::asio::any_io_executor, std::string_view server, client_options = {});
    async_client(boost::asio::any_io_executor, server_url, client_options = {});
    ~async_client();
    async_client(async_client&&) noexcept;
    async_client& operator=(async_client&&) noexcept;

    /// Opens the session: a URL's whole (TLS, EHLO, STARTTLS, login when the URL holds user and password), else the
    /// greeting alone.
    boost::asio::awaitable<reply> async_connect();
    boost::asio::awaitable<result<reply>> async_try_connect();

    boost::asio::awaitable<reply> async_starttls();
    boost::asio::awaitable<reply> async_login(std::string user, std::string secret);
    boost::asio::awaitable<result<reply>> async_try_login(std::string user, std::string secret);
    /// The same with a token, or as somebody else. A token's source is called as it is: it holds up the executor.
    boost::asio::awaitable<reply> async_login(sasl::credentials);
    boost::asio::awaitable<result<reply>> async_try_login(sasl::credentials);

    boost::asio::awaitable<smtp::report> async_send(mime::message);
    boost::asio::awaitable<smtp::report> async_send(envelope, mime::wire);
    boost::asio::awaitable<result<smtp::report>> async_try_send(mime::message);
    boost::asio::awaitable<result<smtp::report>> async_try_send(envelope, mime::wire);
    boost::asio::awaitable<result<smtp::report>> async_try_send(addressed_wire);

    /// Many messages over this session, waiting as little as the server's extensions allow; see smtp::client::send_all.
    /// The run must outlive the verb. After a cancellation nobody is told what became of those on their way.
    boost::asio::awaitable<std::vector<result<smtp::report>>> async_send_all(std::vector<mime::message>);
    boost::asio::awaitable<result<void>> async_try_send_all(mail_run&);

    boost::asio::awaitable<reply> async_noop();
    boost::asio::awaitable<reply> async_rset();
    boost::asio::awaitable<reply> async_docmd(std::string line);
    boost::asio::awaitable<reply> async_quit();

    void cancel() noexcept;  ///< ends the verb that is being awaited, while it connects too
    void close() noexcept;
    bool is_connected() const noexcept;
    client_engine const& engine() const noexcept;
    /// What the server showed in this session's handshake, or in one that failed; nothing in clear.
    std::optional<net::tls_peer> tls_peer() const;
    std::string tls_description() const;
    boost::asio::any_io_executor get_executor() const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace postrider::smtp
