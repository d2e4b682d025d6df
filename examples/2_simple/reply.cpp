// Answers a mail that lies in a file: to the author, in the same thread, the text quoted; then forwards it whole.
//
//     reply [SERVER [FILE]]

#include <fstream>
#include <iostream>
#include <iterator>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    std::ifstream file(argc > 2 ? argv[2] : "examples/data/question.eml", std::ios::binary);
    std::string const octets{std::istreambuf_iterator<char>(file), {}};
    auto const question = mime::parse(octets);

    auto answer =
        mime::reply_to_message(question, {.from = "Me <me@example.com>", .all = true, .text = "Yes, I will."});
    auto copy = mime::forward(question, {.from = "me@example.com", .to = "team@example.com", .text = "See below."});

    smtp::client server(argc > 1 ? argv[1] : "smtp://localhost:1025");
    server.send(copy);
    server.send(answer);
    server.quit();
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
