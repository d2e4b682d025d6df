#include "over_many.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <postrider/async.hpp>

using namespace postrider;
namespace asio = boost::asio;

namespace {

asio::awaitable<void> send_over_one(std::string url, smtp::client_options options, smtp::mail_run& run) {
    smtp::async_client server(co_await asio::this_coro::executor, url, std::move(options));
    co_await server.async_connect();
    auto const outcome = co_await server.async_try_send_all(run);
    if (!outcome) throw smtp::error(outcome.error().failure, outcome.error().report);
    co_await server.async_quit();
}

}  // namespace

void send_over_many(std::string const& url, smtp::client_options const& options, smtp::mail_run& run,
                    std::size_t connections) {
    asio::io_context context(1);
    std::exception_ptr first;
    auto const ended = [&](std::exception_ptr wrong) {
        if (!first) first = wrong;
    };
    for (std::size_t i = 0; i < connections; ++i) asio::co_spawn(context, send_over_one(url, options, run), ended);
    context.run();
    if (first) std::rethrow_exception(first);
}
