// What a program sends, seen by its own test: a mail server inside the test, on a port of its own. Nothing leaves.

#include <chrono>
#include <iostream>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

namespace {

/// What is tested: it invites somebody, through the server it is given.
void invite(std::string const& who, std::string const& server_url) {
    mime::message mail;
    mail.from("shop@example.com").to(who).subject("Welcome").text("Your code is 1234.\n");
    smtp::client server(server_url);
    server.send(mail);
    server.quit();
}

bool check(bool holds, char const* what) {
    std::cout << (holds ? "ok      " : "FAILED  ") << what << '\n';
    return holds;
}

}  // namespace

int main() try {
    devserver::catch_options options;
    options.smtp.port = options.http.port = 0;  // any that is free
    devserver::catch_server server(options);
    server.start();
    server.run_in_background();

    invite("you@example.net", "smtp://" + to_string(server.smtp()));

    auto const mails = server.wait_for(1, std::chrono::seconds(5));
    bool const all_is_well =
        check(mails.size() == 1, "one mail arrived") &&
        check(mails.front().to.front() == "you@example.net", "it went to the guest") &&
        check(server.raw(mails.front().id)->find("1234") != std::string::npos, "it tells the code");
    return all_is_well ? 0 : 1;
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
