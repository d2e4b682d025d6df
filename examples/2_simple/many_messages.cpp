// Many mails, each with its own reader, over one session: the next is on its way before the last is answered.
//
//     many_messages [SERVER]

#include <iostream>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    std::vector<mime::message> mails;
    for (std::string const name : {"ann", "bob", "cid"}) {
        auto& mail = mails.emplace_back();
        mail.from("shop@example.com").to(name + "@example.net").subject("Your order is on its way");
        mail.text("Dear " + name + ",\nit arrives tomorrow.\n");
    }

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    for (auto const& outcome : server.send_all(mails)) {
        if (outcome)
            std::cout << "accepted " << outcome->recipients.front().address << '\n';
        else
            std::cout << "failed   " << to_string(outcome.error().failure) << '\n';
    }
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
