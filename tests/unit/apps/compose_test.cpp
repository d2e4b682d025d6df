#include "send/compose.hpp"

#include <doctest/doctest.h>

#include "support.hpp"
#include "thrown.hpp"

using namespace postrider::app;

namespace {

send_options small() {
    send_options o;
    o.from = "Me <me@example.com>";
    o.to = {"you@example.net"};
    o.text = "Hi\n";
    return o;
}

std::vector<std::string> recipients(outgoing const& mail) {
    std::vector<std::string> all;
    for (auto const& path : mail.envelope.forward_paths) all.push_back(path.address);
    return all;
}

exit_code code_of(send_options const& o) {
    return thrown_by([&] { compose(o, {}); }).code();
}

}  // namespace

TEST_CASE("the envelope is who the options name; Bcc is not in the octets") {
    send_options o = small();
    temporary_file const more("# list\nd@example.net\n"), hidden("e@example.net\n");
    o.to = {"you@example.net, 测试 <b@example.net>"};
    o.cc = {"c@example.net", "you@example.net"};
    o.bcc = {"hidden@example.net"};
    o.to_file = more.name();
    o.bcc_file = hidden.name();
    outgoing const mail = compose(o, {});
    CHECK(mail.envelope.reverse_path == "me@example.com");
    CHECK(recipients(mail) == std::vector<std::string>{"you@example.net", "b@example.net", "d@example.net",
                                                       "c@example.net", "hidden@example.net", "e@example.net"});
    CHECK(mail.wire.str()->find("hidden@") == std::string::npos);
    CHECK(mail.wire.str()->find("e@example.net") == std::string::npos);
}

TEST_CASE("without --from the account's owner writes") {
    send_options o = small();
    o.from.clear();
    CHECK(compose(o, "Owner <owner@example.com>").envelope.reverse_path == "owner@example.com");
    CHECK(code_of(o) == exit_code::usage);
}

TEST_CASE("a mail without text is empty, one with HTML alone has no empty text beside it") {
    send_options o = small();
    o.text.clear();
    CHECK(compose(o, {}).wire.str()->ends_with("\r\n\r\n"));
    o.html = "<p>Hi</p>";
    CHECK(compose(o, {}).wire.str()->find("multipart") == std::string::npos);
}

TEST_CASE("fields, images and files") {
    send_options o = small();
    temporary_file const file("octets");
    o.headers = {"X-One: a: b", "List-Id:<l.example>"};
    o.html = "<img src='cid:i'>";
    o.inline_files = {"i=" + file.name()};
    o.attachments = {file.name()};
    std::string const text = *compose(o, {}).wire.str();
    CHECK(text.find("X-One: a: b\r\n") != std::string::npos);
    CHECK(text.find("List-Id: <l.example>\r\n") != std::string::npos);
    CHECK(text.find("Content-ID: <i>\r\n") != std::string::npos);
}

TEST_CASE("hazard 122: a line end in any value is refused and never makes a field") {
    auto const with = [](auto change) {
        send_options o = small();
        change(o);
        return code_of(o);
    };
    CHECK(with([](auto& o) { o.subject = "a\r\nBcc: x@y"; }) == exit_code::bad_data);
    CHECK(with([](auto& o) { o.headers = {"X: a\nBcc: x@y"}; }) == exit_code::bad_data);
    CHECK(with([](auto& o) { o.headers = {"X\r\nBcc: x"}; }) == exit_code::bad_data);
    CHECK(with([](auto& o) { o.to = {"a@x\r\nBcc: b@y"}; }) == exit_code::bad_data);
    CHECK(with([](auto& o) { o.from = "Me\n <me@example.com>"; }) == exit_code::bad_data);
    CHECK(with([](auto& o) { o.reply_to = {"a@x\n"}; }) == exit_code::bad_data);
    CHECK(with([](auto& o) { o.inline_files = {"i\r\nX=/dev/null"}; }) != exit_code::ok);
}

TEST_CASE("what the command line cannot mean is a usage error, a file that is not there no input") {
    auto const with = [](auto change) {
        send_options o = small();
        change(o);
        return code_of(o);
    };
    CHECK(with([](auto& o) { o.to.clear(); }) == exit_code::usage);
    CHECK(with([](auto& o) { o.headers = {"no colon"}; }) == exit_code::usage);
    CHECK(with([](auto& o) { o.inline_files = {"file.jpg"}; }) == exit_code::usage);
    CHECK(with([](auto& o) { o.text_file = o.to_file = "-"; }) == exit_code::usage);
    CHECK(with([](auto& o) { o.to = {"no address"}; }) == exit_code::bad_data);
    CHECK(with([](auto& o) { o.text = "\xff"; }) == exit_code::bad_data);
    CHECK(with([](auto& o) { o.attachments = {"/nonexistent.pdf"}; }) == exit_code::no_input);
    CHECK(with([](auto& o) { o.inline_files = {"i=/nonexistent.jpg"}; }) == exit_code::no_input);
    CHECK(with([](auto& o) { o.text_file = "/nonexistent"; }) == exit_code::no_input);
}
