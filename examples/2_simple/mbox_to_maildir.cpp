// Copies the messages of an mbox into a Maildir and lists what is in it.
//
//     mbox_to_maildir MBOX MAILDIR

#include <iostream>
#include <postrider/folder.hpp>
#include <postrider/mime.hpp>

using namespace postrider;

int main(int argc, char** argv) try {
    if (argc != 3) return 64;
    auto const file = mapped_file::open(argv[1]).value();
    auto const box = folder::maildir::create(argv[2]).value();
    for (auto const& entry : folder::mbox_reader(file.octets()))
        box.add(folder::unquote_from_lines(entry.octets).octets(), {.flags = "S"}).value();

    for (auto const& entry : box.entries().value()) {
        auto const octets = box.open(entry).value();
        auto const message = mime::parse(octets.octets());
        std::cout << mime::terminal_safe(message.root().value("Subject").value_or("(no subject)")) << '\n';
    }
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
