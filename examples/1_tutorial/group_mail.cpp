// One mail to many. Someone whose address is refused does not keep it from the others: the report tells what became of
// each.
//
//     group_mail [SERVER]

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("me@example.com").subject("C++ 邮件测试：群发").text("大家好。\n");
    mail.to({"爱丽丝 <a@example.net>", "b@example.net"}).cc("c@example.net").bcc("hidden@example.net");

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    smtp::report report = server.send(mail);
    server.quit();

    for (auto const& accepted : report.accepted()) std::cout << "accepted " << accepted.address << '\n';
    for (auto const& refused : report.refused()) std::cout << "refused  " << refused << '\n';
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
