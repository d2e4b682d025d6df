// A mail with a file. Its type follows from its name or content; it is read while it is sent, so it may be of any size.
//
//     one_attachment [SERVER]      run it in the project's folder, where examples/data is

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("me@example.com").to("you@example.net").subject("C++ 邮件测试：附件");
    mail.text("表格在附件里。\n").attach_file("examples/data/report.xlsx");

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
