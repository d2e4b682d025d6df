// Several files, one with a Chinese name, and one that was never a file.
//
//     several_attachments [SERVER] run it in the project's folder, where examples/data is

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("me@example.com").to("you@example.net").subject("C++ 邮件测试：多个附件");
    mail.text("三个附件。\n");
    mail.attach_file("examples/data/报告.pdf").attach_file("examples/data/test.jpg");
    mail.attach_data("数据.csv", "序号,名称\r\n1,苹果\r\n", "text/csv");

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
