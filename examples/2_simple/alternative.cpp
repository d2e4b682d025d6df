// Text and HTML in one mail: the reader's program shows the one it likes. The order of the calls does not matter.
//
//     alternative [SERVER]

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("me@example.com").to("you@example.net").subject("Your account is almost ready");
    mail.html("<p><a href='https://example.com/activate/1'>Activate your account</a></p>");
    mail.text("Activate your account: https://example.com/activate/1\n");

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
