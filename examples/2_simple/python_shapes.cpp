// The same parts as Python's email.mime has, put together by hand: MIMEMultipart is mime::multipart, MIMEText is
// mime::text, and so on.
//
//     python_shapes [SERVER]

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail = mime::multipart("mixed");
    mail["From"] = mime::formataddr({"菜鸟教程", "me@example.com"});
    mail["To"] = mime::formataddr({"测试", "you@example.net"});
    mail["Subject"] = "C++ SMTP 邮件测试";
    mail.attach(mime::text("这是正文……\n", "plain", "utf-8"));

    mime::message part = mime::application("序号,名称\r\n1,苹果\r\n");
    part.add_header("Content-Disposition", "attachment", {{"filename", "测试.csv"}});
    mail.attach(part);

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send_message(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
