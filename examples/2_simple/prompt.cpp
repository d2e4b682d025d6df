// Asks for From, To and a message on standard input, and sends it.
//
//     prompt [SERVER]

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>
#include <string>

using namespace postrider;

namespace {

std::string ask(char const* question) {
    std::cout << question << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer;
}

}  // namespace

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from(ask("From: ")).to(ask("To: ")).subject(ask("Subject: "));

    std::cout << "Message, ended by Ctrl-D:\n";
    std::string text;
    for (std::string line; std::getline(std::cin, line);) text += line + '\n';
    mail.text(text);

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    smtp::report report = server.send(mail);
    server.quit();
    std::cout << "The message has " << report.size << " octets.\n";
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
