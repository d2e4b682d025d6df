// Octets that are a message already, to the mail server on this machine: host and port, no TLS, no login, as smtplib's
// SMTP('localhost').sendmail(...). Returns who was refused.
//
//     local_server [HOST [PORT]]

#include <cstdlib>
#include <iostream>
#include <postrider/smtp.hpp>
#include <string>

using namespace postrider;

int main(int argc, char** argv) try {
    std::string const host = argc > 1 ? argv[1] : "localhost";
    auto const port = static_cast<std::uint16_t>(argc > 2 ? std::atoi(argv[2]) : 1025);

    smtp::client server(host, port);
    auto const refused = server.sendmail("me@example.com", {"a@example.net", "b@example.net"},
                                         "From: me@example.com\n"
                                         "To: a@example.net, b@example.net\n"
                                         "Subject: Sent by hand\n"
                                         "\n"
                                         "Line ends become CRLF on their way.\n");
    for (auto const& [address, reply] : refused) std::cout << address << ": " << to_string(reply) << '\n';
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
