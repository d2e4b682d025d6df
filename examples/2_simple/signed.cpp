// A mail that its domain signs (DKIM), and how a receiver sees whether it is as it was then.
//
//     signed [SERVER]
//
// A key of one's own comes from a file (dkim::private_key::read, `postrider dkim-key` makes one), and its record stands in
// DNS. Here both live as long as the program.

#include <iostream>
#include <postrider/dkim.hpp>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    mime::message mail;
    mail.from("Me <me@example.com>").to("you@example.net").subject("signed").text("As I wrote it.\n");

    auto const key = dkim::private_key::make_ed25519();
    dkim::signer_options options;
    options.domain = "example.com";
    options.selector = "mail2026";
    auto const signer = dkim::signer::make(key, options).value();
    auto const wire = dkim::sign(mime::render(mail), signer).value();

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    smtp::envelope const who{"me@example.com", {{"you@example.net", {}}}, {}};
    server.send(who, wire);
    server.quit();

    auto const dns = [&](std::string const& name) -> result<std::vector<std::string>> {
        bool const is_ours = name == dkim::key_name("mail2026", "example.com");
        return is_ours ? std::vector<std::string>{to_record(key)} : std::vector<std::string>();
    };
    for (auto const& verdict : dkim::verify(wire.str().value(), dns).verdicts)
        std::cout << to_string(verdict.outcome) << ' ' << verdict.signature.domain << '\n';
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
