// What a program that has nothing to do with us writes: it composes a message, looks at the octets, and meets a server
// that is not there.
#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

int main() {
    using namespace postrider;

    mime::message mail;
    mail.from("Feeling <me@example.com>").to("测试 <you@example.net>").subject("C++ 邮件测试").text("纯文本");
    auto octets = mime::render(mail).str().value();
    if (octets.find("Subject: C++ =?utf-8?") == octets.npos) return 1;

    try {
        smtp::client server("smtp://127.0.0.1:1");
    } catch (smtp::connect_error const& error) {
        std::cout << "as expected: " << error.what() << '\n';
        return 0;
    }
    return 1;
}
