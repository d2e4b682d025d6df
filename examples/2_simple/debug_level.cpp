// The dialogue with the server on standard error, as smtplib's set_debuglevel shows it. Passwords are masked.
//
//     debug_level [SERVER]

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("me@example.com").to("you@example.net").subject("What do they say?").text("See standard error.\n");

    smtp::client server;
    server.set_debuglevel(1);  // 2 tells the time as well
    server.connect(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
