// The smallest mail there is: one text, one reader.
//
//     plain_text [SERVER]          by default what `postrider catch` listens on

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("Feeling <me@example.com>").to("测试 <you@example.net>").subject("C++ 邮件测试：纯文本");
    mail.text("这是一封纯文本邮件。\nA text in any script, with nothing to set up.\n");

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
