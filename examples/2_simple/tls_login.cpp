// Over TLS with a login, as providers want it. The certificate is verified; the password comes from the environment,
// not from the code. What QQ calls 授权码 is the password here.
//
//     MAIL_PASSWORD=... tls_login [SERVER [USER [CA_FILE]]]

#include <cstdlib>
#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    char const* const url = argc > 1 ? argv[1] : "smtps://smtp.qq.com";
    std::string const user = argc > 2 ? argv[2] : "me@qq.com";
    char const* const password = std::getenv("MAIL_PASSWORD");
    if (!password) throw std::runtime_error("MAIL_PASSWORD is not set");

    mime::message mail;
    mail.from(user).to("you@example.net").subject("C++ 邮件测试：TLS").text("登录之后发送。\n");

    smtp::client_options options;
    if (argc > 3) options.tls.ca_file = argv[3];  // for a server whose certificate the system does not know
    smtp::client server(url, options);
    server.login(user, password);
    server.send(mail);
    server.quit();
} catch (smtp::authentication_error const& refused) {
    std::cerr << "login refused: " << refused.smtp_code() << ' ' << refused.smtp_error() << '\n';
    return 2;
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
