// A mail in HTML.
//
//     html [SERVER]

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("me@example.com").to("you@example.net").subject("C++ 邮件测试：HTML");
    mail.html("<h1>你好</h1><p>A <a href='https://example.com/'>link</a>, and <b>bold</b> text.</p>");

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
