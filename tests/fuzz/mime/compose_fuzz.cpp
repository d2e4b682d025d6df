#include <cstdlib>
#include <postrider/mime/error.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/render.hpp>
#include <vector>

/// Whatever is put into a message, it either is refused or stays where it was put: the rendered header has the fields
/// that were given, and not one more.
namespace {

using namespace postrider;

void check(bool holds) {
    if (!holds) std::abort();
}

/// Takes up to the next 0xFF, which no UTF-8 holds.
std::string next(std::string_view& rest) {
    auto end = rest.find('\xff');
    std::string piece(rest.substr(0, end));
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return piece;
}

void put(mime::message& mail, std::string_view& rest, unsigned verb) {
    switch (verb % 8) {
        case 0: mail.subject(next(rest)); break;
        case 1: mail.to(next(rest)); break;
        case 2: mail.cc(mime::mailbox{next(rest), "a@b"}); break;
        case 3: mail.attach_data(next(rest), "x"); break;
        case 4: mail.header(next(rest), "value"); break;
        case 5: mail.header("X-Name", next(rest)); break;
        case 6: mail.text(next(rest)); break;
        default: mail.add_header("X-Parameters", "v", {{"p", next(rest)}}); break;
    }
}

std::vector<std::string> field_names(std::string_view octets) {
    std::vector<std::string> names;
    for (auto header = octets.substr(0, octets.find("\r\n\r\n") + 2); !header.empty();) {
        auto end = header.find("\r\n");
        check(end != header.npos && end <= 998);
        auto line = header.substr(0, end);
        check(line.find_first_of(std::string_view("\r\n\0", 3)) == line.npos);
        if (line[0] != ' ' && line[0] != '\t') names.emplace_back(line.substr(0, line.find(':')));
        header.remove_prefix(end + 2);
    }
    return names;
}

bool is_written(std::string_view name) {
    for (auto own : {"bcc", "resent-bcc", "mime-version"}) {
        std::string lower(name);
        for (auto& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (lower == own || lower.starts_with("content-")) return false;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* octets, std::size_t size) {
    std::string_view rest(reinterpret_cast<char const*>(octets), size);
    mime::message mail;
    mail.from("a@b").message_id("<a@b>").date({}, {});
    while (!rest.empty()) {
        auto verb = static_cast<unsigned char>(rest.front());
        rest.remove_prefix(1);
        try {
            put(mail, rest, verb);
        } catch (mime::error const&) {
        }
    }
    std::vector<std::string> given;
    for (auto const& one : mail.fields())
        if (is_written(one.name)) given.push_back(one.name);
    std::string out;
    try {
        out = mime::render(mail).str().value();
    } catch (mime::error const&) {
        return 0;
    }
    auto names = field_names(out);
    std::erase_if(names, [](auto const& name) { return !is_written(name); });
    check(names == given);
    return 0;
}
