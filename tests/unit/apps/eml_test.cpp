#include "send/eml.hpp"

#include <doctest/doctest.h>

#include "send/long_lines.hpp"
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

TEST_CASE("hazard 84: a part with a line of more than 998 octets is encoded anew, and no other octet changes") {
    std::string const head =
        "From: me@example.com\nTo: a@example.net\nX-Odd:kept   as is\nDate: Sat, 21 Nov 2026 00:00:00 +0000\n"
        "Message-ID: <1@example.com>\nMIME-Version: 1.0\n";
    std::string const longest(998, 'x'), too_long(999, 'x');
    auto const octets_of = [](std::string const& text) { return *read(text).wire.str(); };
    CHECK(octets_of(head + "\n" + longest + "\n").find("\r\n\r\n" + longest + "\r\n") != std::string::npos);

    std::string const alone = octets_of(head + "\n" + too_long + "\n");
    CHECK(alone.starts_with("From: me@example.com\r\nTo: a@example.net\r\nX-Odd:kept   as is\r\n"));
    CHECK(alone.find("Content-Transfer-Encoding: quoted-printable") != std::string::npos);
    CHECK_FALSE(has_long_line(alone));

    std::string const two = octets_of(head +
                                      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nshort,  as it is \n--b\n"
                                      "Content-Type: text/html\n\n" +
                                      too_long + "\n--b--\n");
    CHECK(two.find("--b\r\n\r\nshort,  as it is \r\n--b\r\n") != std::string::npos);
    CHECK_FALSE(has_long_line(two));
}

TEST_CASE("a line that is too long in what is signed is an error, for neither may it be sent nor changed") {
    std::string const body = "\n" + std::string(999, 'x') + "\n";
    for (char const* signature : {"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=From; bh=eA==; b=eA==\n"})
        CHECK(thrown_by([&] {
                  read(std::string("From: me@example.com\nTo: a@example.net\n") + signature + body);
              }).code() == exit_code::bad_data);
    CHECK(thrown_by([&] {
              read(
                  "From: me@example.com\nTo: a@example.net\nContent-Type: multipart/signed; boundary=b; "
                  "protocol=\"x/y\"\n\n--b\n" +
                  body + "--b\nContent-Type: x/y\n\nsignature\n--b--\n");
          }).code() == exit_code::bad_data);
}

TEST_CASE("lines of the header are not the body's, and a message without a sender gets none") {
    CHECK_FALSE(has_long_line("X-Long: " + std::string(2000, 'x') + "\n\nshort\n"));
    CHECK(has_long_line("A: b\r\n\r\n" + std::string(999, 'x')));
    CHECK_FALSE(has_long_line(""));
    send_options o;
    o.from = "me@example.com";
    o.to = {"a@example.net"};
    std::string const encoded = *read("X: y\n\n" + std::string(999, 'x') + "\n", o).wire.str();
    CHECK(encoded.starts_with("X: y\r\n"));
    CHECK(encoded.find("From:") == std::string::npos);
    CHECK_FALSE(has_long_line(encoded));
}
