// What a program that has nothing to do with us writes: it composes a message, looks at the octets, signs one, and meets a server
// that is not there, blocking and awaiting.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <iostream>
#include <postrider/async.hpp>
#include <postrider/dkim.hpp>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

namespace {

constexpr auto nobody_there = "smtp://127.0.0.1:1";

bool renders() {
    mime::message mail;
    mail.from("Feeling <me@example.com>").to("测试 <you@example.net>").subject("C++ 邮件测试").text("纯文本");
    auto octets = mime::render(mail).str().value();
    return octets.find("Subject: C++ =?utf-8?") != octets.npos;
}

bool signs() {
    mime::message mail;
    mail.from("me@example.com").to("you@example.net").text("signed");
    dkim::signer_options options;
    options.domain = "example.com";
    options.selector = "mail";
    auto const signer = dkim::signer::make(dkim::private_key::make_ed25519(), options).value();
    return dkim::sign(mime::render(mail), signer).value().str().value().starts_with("DKIM-Signature:");
}

bool refuses_blocking() {
    try {
        smtp::client server(nobody_there);
    } catch (smtp::connect_error const& error) {
        std::cout << "as expected: " << error.what() << '\n';
        return true;
    }
    return false;
}

boost::asio::awaitable<void> connect() {
    smtp::async_client server(co_await boost::asio::this_coro::executor, nobody_there);
    co_await server.async_connect();
}

bool refuses_awaiting() {
    boost::asio::io_context context;
    std::exception_ptr thrown;
    boost::asio::co_spawn(context, connect(), [&](std::exception_ptr what) { thrown = what; });
    context.run();
    try {
        if (thrown) std::rethrow_exception(thrown);
    } catch (smtp::connect_error const&) {
        return true;
    }
    return false;
}

}  // namespace

int main() {
    return renders() && signs() && refuses_blocking() && refuses_awaiting() ? 0 : 1;
}
