// send_all COUNT URL CA_FILE USER PASSWORD TO FOLDER
//
// Sends COUNT messages over one connection with smtp::client::send_all and writes the octets
// of each into FOLDER, so that they can be compared with what arrived. No USER: no login. Prints a line for each message:
// "accepted", or why not. Ends with 1 when one of them was not accepted.
#include <chrono>
#include <exception>
#include <fstream>
#include <iostream>
#include <postrider/lmtp.hpp>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>
#include <string>
#include <vector>

using namespace postrider;

namespace {

mime::message compose(int number, std::string const& from, std::string const& to) {
    mime::message mail;
    mail.from(from).to(to).subject("第 " + std::to_string(number) + " 封");
    mail.date(std::chrono::system_clock::time_point(std::chrono::hours(500'000)), std::chrono::seconds(0));
    mail.message_id("live." + std::to_string(number) + "@example.test");
    std::string text = ".a dot first\nmessage " + std::to_string(number) + "\n..\n";
    for (int line = 0; line < number; ++line) text += "line " + std::to_string(line) + "\n";
    mail.text(text);
    return mail;
}

void write(std::string const& file, std::string const& octets) {
    if (!(std::ofstream(file, std::ios::binary) << octets << std::flush))
        throw std::runtime_error("cannot write " + file);
}

int report(std::vector<smtp::result<smtp::report>> const& outcomes) {
    int code = 0;
    for (auto const& outcome : outcomes) {
        bool const accepted = outcome && outcome->all_accepted();
        std::cout << (accepted  ? "accepted"
                      : outcome ? "a recipient was refused"
                                : to_string(outcome.error().failure))
                  << '\n';
        if (!accepted) code = 1;
    }
    return code;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 8) return 64;
    std::string const url = argv[2], user = argv[4], to = argv[6], folder = argv[7];
    std::vector<mime::message> mails;
    for (int number = 0; number < std::stoi(argv[1]); ++number) {
        mails.push_back(compose(number, "alice@example.test", to));
        write(folder + "/" + std::to_string(number) + ".eml", mime::render(mails.back()).str().value());
    }
    smtp::client_options options;
    options.tls.ca_file = argv[3];
    smtp::client server(url, options);
    if (!user.empty()) server.login(user, argv[5]);
    int const code = report(server.send_all(mails));
    server.quit();
    return code;
} catch (std::exception const& thrown) {
    std::cerr << thrown.what() << '\n';
    return 3;
}
