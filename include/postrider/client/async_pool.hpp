#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <postrider/client/pool.hpp>
#include <string_view>

namespace postrider::smtp {

/// smtp::pool as coroutines, by the same options: several sessions with one server, for many coroutines on one executor.
/// Where many threads run it, it must be a strand, and the verbs are awaited there.
///
///     smtp::async_pool server(executor, "smtps://me:secret@smtp.example.com");
///     ... in any coroutine:  auto report = co_await server.async_send(mail);
///
/// - Who waits for a session gets one in the order of asking; with at_once_to_a_domain, the first for whose domains there
///   is room.
/// - A verb can be cancelled anywhere: while it waits, its message is unsent; while it sends, its session is closed and the
///   failure says whether the message is in doubt. Other messages do not notice.
/// - Nothing runs in the background: sessions idle for too long are closed at the next verb.
/// - The destructor closes idle sessions without a word; verbs that are awaited go on to their end and keep none.
class async_pool {
public:
    /// Does not connect: the first message does.
    /// throws     smtp::invalid_argument for text that is no URL, or options that make no sense
    async_pool(boost::asio::any_io_executor, std::string_view server, pool_options = {});
    async_pool(boost::asio::any_io_executor, server_url, pool_options = {});
    ~async_pool();
    async_pool(async_pool const&) = delete;
    async_pool& operator=(async_pool const&) = delete;

    /// As smtp::async_client::async_send.                    throws     smtp::error; mime::error
    boost::asio::awaitable<report> async_send(mime::message);
    boost::asio::awaitable<report> async_send(envelope, mime::wire);
    boost::asio::awaitable<result<report>> async_try_send(mime::message);
    boost::asio::awaitable<result<report>> async_try_send(envelope, mime::wire);

    /// Says goodbye on the idle sessions; those in use close when they are done. The pool may be used again.
    boost::asio::awaitable<void> async_quit();

    std::size_t idle() const noexcept;    ///< sessions that are open and wait for a message
    std::size_t in_use() const noexcept;  ///< messages that have a session, or are opening one

private:
    struct state;
    std::shared_ptr<state> state_;
};

}  // namespace postrider::smtp
