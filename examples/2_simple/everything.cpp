// Everything in one message: text and HTML, an image in the HTML, attachments, a copy, a hidden copy, a field of our
// own. How it is nested (mixed, related, alternative) follows from what is there.
//
//     everything [SERVER]          run it in the project's folder, where examples/data is

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("Feeling <me@example.com>").to("测试 <you@example.net>").cc("cc@example.net").bcc("bcc@example.net");
    mail.reply_to("answers@example.com").subject("C++ 邮件测试：全部");
    mail.text("纯文本\n").html("<p>图片: <img src='cid:image1'></p>");
    mail.inline_file("image1", "examples/data/test.jpg");
    mail.attach_file("examples/data/report.xlsx").attach_file("examples/data/报告.pdf");
    mail["X-Campaign"] = "first mail";

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    smtp::report report = server.send(mail);
    server.quit();
    std::cout << report.message_id << ", " << report.size << " octets\n";
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
