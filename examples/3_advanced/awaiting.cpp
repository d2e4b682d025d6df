// The same as a coroutine: one thread, and nothing blocks while the server thinks. Two sessions run side by side.
//
//     awaiting [SERVER]

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <iostream>
#include <postrider/async.hpp>
#include <postrider/mime.hpp>
#include <string>

using namespace postrider;
namespace asio = boost::asio;

namespace {

asio::awaitable<void> send_one(std::string url, mime::message mail) {
    smtp::async_client server(co_await asio::this_coro::executor, url);
    co_await server.async_connect();
    smtp::report report = co_await server.async_send(mail);
    for (auto const& accepted : report.accepted()) std::cout << "accepted " << accepted.address << '\n';
    co_await server.async_quit();
}

void rethrow(std::exception_ptr failed) {
    if (failed) std::rethrow_exception(failed);
}

}  // namespace

int main(int argc, char** argv) try {
    std::string const url = argc > 1 ? argv[1] : "smtp://localhost:1025";
    mime::message mail;
    mail.from("me@example.com").subject("C++ 邮件测试：协程").text("两个会话，一个线程。\n");

    asio::io_context context;
    asio::co_spawn(context, send_one(url, mime::message(mail).to("a@example.net")), rethrow);
    asio::co_spawn(context, send_one(url, mime::message(mail).to("c@example.net")), rethrow);
    context.run();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
