#include "shown.hpp"

#include <exception>
#include <iostream>

void program_under_test(net::endpoint const& server) {
    mime::message mail;
    mail.from("shop@example.com").to("ann@example.com").subject("welcome").text("Hello Ann\n");
    smtp::client client("smtp://" + to_string(server));
    client.send(mail);
    client.quit();
}

int main() try {
    int count = 0;
    for (auto* block = shown; *block; ++block, ++count) (*block)();
    std::cout << count << " blocks\n";
    return count > 0 ? 0 : 1;
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
