#include "eml.hpp"

#include <doctest/doctest.h>

#include "support.hpp"
#include "thrown.hpp"

using namespace postrider::app;

namespace {

outgoing read(std::string const& octets, send_options o = {}) {
    temporary_file const file(octets);
    o.eml = file.name();
    return compose(o, {});
}

std::vector<std::string> recipients(outgoing const& mail) {
    std::vector<std::string> all;
    for (auto const& path : mail.envelope.forward_paths) all.push_back(path.address);
    return all;
}

}  // namespace

TEST_CASE("line ends become CRLF, Bcc goes, and no other octet changes") {
    outgoing const mail = read(
        "From: me@example.com\nTo: A  <a@example.net>,\n\tb@example.net\nX-Odd:kept   as is\nBCC: c@example.net,\n "
        "d@example.net\n\nText\r\nlast line\n");
    CHECK(*mail.wire.str() ==
          "From: me@example.com\r\nTo: A  <a@example.net>,\r\n\tb@example.net\r\nX-Odd:kept   as "
          "is\r\n\r\nText\r\nlast line\r\n");
    CHECK(mail.envelope.reverse_path == "me@example.com");
    CHECK(recipients(mail) ==
          std::vector<std::string>{"a@example.net", "b@example.net", "c@example.net", "d@example.net"});
}

TEST_CASE("the sender speaks for the authors") {
    CHECK(read("From: a@x.example, b@x.example\nSender: c@x.example\nTo: d@x.example\n\n").envelope.reverse_path ==
          "c@x.example");
}

TEST_CASE("the command line's word counts more than the message's") {
    send_options o;
    o.from = "bounces@example.com";
    o.to = {"one@example.net", "two@example.net, one@example.net"};
    outgoing const mail = read("From: me@example.com\nTo: list@example.net\n\nText\n", o);
    CHECK(mail.envelope.reverse_path == "bounces@example.com");
    CHECK(recipients(mail) == std::vector<std::string>{"one@example.net", "two@example.net"});
    CHECK(mail.wire.str()->starts_with("From: me@example.com\r\nTo: list@example.net\r\n"));
    o.from = "<>";
    CHECK(read("Subject: bounce\n\n", o).envelope.reverse_path.empty());
}

TEST_CASE("a message that was resent goes where it was resent to") {
    outgoing const mail = read(
        "Resent-Date: Fri, 20 Nov 2026 10:00:00 +0000\nResent-From: r@x.example\nResent-To: t@x.example\n"
        "Resent-Bcc: h@x.example\nFrom: me@x.example\nTo: you@x.example\n\nText\n");
    CHECK(mail.envelope.reverse_path == "r@x.example");
    CHECK(recipients(mail) == std::vector<std::string>{"t@x.example", "h@x.example"});
    CHECK(mail.wire.str()->find("Resent-Bcc") == std::string::npos);
}

TEST_CASE("a message that names nobody, or twice, is bad data") {
    auto const code_of = [](char const* octets) { return thrown_by([&] { read(octets); }).code(); };
    CHECK(code_of("To: a@x.example\n\n") == exit_code::bad_data);
    CHECK(code_of("From: a@x.example\n\nTo: b@x.example\n") == exit_code::bad_data);
    CHECK(code_of("From: not an address\nTo: a@x.example\n\n") == exit_code::bad_data);
    CHECK(code_of("Resent-Date: x\nResent-Date: y\nFrom: a@x.example\nTo: b@x.example\n\n") == exit_code::bad_data);
    CHECK(code_of("") == exit_code::bad_data);
    send_options o;
    o.eml = "/nonexistent.eml";
    CHECK(thrown_by([&] { compose(o, {}); }).code() == exit_code::no_input);
}
