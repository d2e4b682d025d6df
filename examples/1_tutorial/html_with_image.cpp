// HTML that shows a picture which travels inside the mail: `cid:NAME` in the HTML, and the file under that name.
//
//     html_with_image [SERVER]     run it in the project's folder, where examples/data is

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("me@example.com").to("you@example.net").subject("C++ 邮件测试：图片");
    mail.html("<p>图片在正文里：</p><img src='cid:image1' alt='an envelope'>");
    mail.inline_file("image1", "examples/data/test.jpg");

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(mail);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
