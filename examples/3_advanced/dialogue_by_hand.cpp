// The dialogue itself, command by command, each reply printed: what the library does for you otherwise.
//
//     dialogue_by_hand [HOST [PORT]]
//
// AUTH LOGIN sends user and password in base64, which hides nothing: only to a server on this machine, or under TLS.

#include <cstdlib>
#include <iostream>
#include <postrider/codec/base64.hpp>
#include <postrider/smtp.hpp>
#include <string>

using namespace postrider;

namespace {

void show(char const* command, smtp::reply const& reply) {
    std::cout << command << "\n    " << to_string(reply) << '\n';
}

}  // namespace

int main(int argc, char** argv) try {
    std::string const host = argc > 1 ? argv[1] : "localhost";
    auto const port = static_cast<std::uint16_t>(argc > 2 ? std::atoi(argv[2]) : 1025);

    smtp::client server;
    show("(connect)", server.connect(host, port));
    show("HELO", server.docmd("HELO", "me.example.com"));
    show("AUTH LOGIN", server.docmd("AUTH", "LOGIN"));
    show("(user)", server.docmd(codec::encode_base64("me@example.com")));
    show("(password)", server.docmd(codec::encode_base64("secret")));
    show("MAIL", server.docmd("MAIL", "FROM:<me@example.com>"));
    show("RCPT", server.docmd("RCPT", "TO:<you@example.net>"));
    show("DATA", server.data("From: me@example.com\r\nSubject: By hand\r\n\r\nA text.\r\n"));
    show("QUIT", server.quit());
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
