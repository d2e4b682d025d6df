// keep_mail add|list maildir|mbox PATH: what Python's mailbox is compared with. `add` takes messages from stdin, each as
// a decimal size, LF, and the octets; `list` prints them in the same way, those of a Maildir behind a line with the
// unique name and the flags.
#include <iostream>
#include <iterator>
#include <postrider/folder.hpp>
#include <string>

using namespace postrider;

namespace {

void print(std::string_view octets) {
    std::cout << octets.size() << '\n' << octets;
}

void list_maildir(std::string const& path) {
    auto const box = folder::maildir::open(path).value();
    for (auto const& entry : box.entries().value()) {
        std::cout << entry.unique << ' ' << entry.flags() << '\n';
        print(box.open(entry).value().octets());
    }
}

void list_mbox(std::string const& path) {
    auto const mapped = mapped_file::open(path).value();
    for (auto const& entry : folder::mbox_reader(mapped.octets()))
        print(folder::unquote_from_lines(entry.octets).octets());
}

template <class Add>
void add_each(Add add) {
    std::string const input(std::istreambuf_iterator<char>(std::cin), {});
    for (std::size_t at = 0; at < input.size();) {
        auto const feed = input.find('\n', at);
        auto const size = std::stoul(input.substr(at, feed - at));
        add(std::string_view(input).substr(feed + 1, size));
        at = feed + 1 + size;
    }
}

void add_to_maildir(std::string const& path) {
    auto const box = folder::maildir::create(path).value();
    folder::maildir_add_options seen;
    seen.flags = "S";
    bool is_first = true;
    add_each([&](std::string_view octets) {
        static_cast<void>(box.add(octets, is_first ? seen : folder::maildir_add_options{}).value());
        is_first = false;
    });
}

void add_to_mbox(std::string const& path) {
    auto mbox = folder::mbox_writer::open(path).value();
    add_each([&](std::string_view octets) { static_cast<void>(mbox.add("ann@example.com", octets).value()); });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 64;
    std::string const verb = argv[1], kind = argv[2], path = argv[3];
    if (verb == "add") kind == "mbox" ? add_to_mbox(path) : add_to_maildir(path);
    if (verb == "list") kind == "mbox" ? list_mbox(path) : list_maildir(path);
    return 0;
}
