#include <doctest/doctest.h>

#include <filesystem>
#include <postrider/core/mapped_file.hpp>
#include <postrider/mime/message_parser.hpp>

#include "messages.hpp"

using namespace postrider;
using namespace postrider::mime;
using namespace postrider::mime::test;

namespace {

/// All that a structure says, in one string: two that say the same are the same.
std::string structure_of(parsed_message const& message) {
    std::string all = std::to_string(message.octets().size()) + ' ' + std::string(message.envelope_line()) + '\n';
    auto const add = [&](octet_range range) {
        all += std::to_string(range.begin) + '-' + std::to_string(range.end) + ' ';
    };
    for (std::size_t i = 0; i < message.part_count(); ++i) {
        parsed_part const part = message.part(i);
        all += std::to_string(part.depth()) + ' ' + part.content_type() + ' ' + part.transfer_encoding() + ' ';
        all += part.filename().value_or("") + ' ' + part.content_id().value_or("") + ' ';
        add(part.header_range());
        add(part.body_range());
        all.append(part.preamble()).append("|").append(part.epilogue()).append("|");
        for (parsed_part const& child : part.children()) all += std::to_string(child.index()) + ',';
        for (defect const& one : part.defects())
            all.append(to_string(one.kind)).append("@").append(std::to_string(one.offset)).append(" ");
        all += '\n';
    }
    return all;
}

std::string pushed(std::string_view octets, std::size_t cut, parse_options options = {}) {
    message_parser parser(options);
    parser.feed(octets.substr(0, cut));
    parser.feed(octets.substr(cut));
    return structure_of(parser.finish());
}

std::string pushed_in_pieces(std::string_view octets, std::size_t size, parse_options options = {}) {
    message_parser parser(options);
    for (std::size_t at = 0; at < octets.size(); at += size) parser.feed(octets.substr(at, size));
    return structure_of(parser.finish());
}

void check_every_cut(std::string_view octets, parse_options options = {}) {
    std::string const whole = structure_of(parse(octets, options));
    for (std::size_t cut = 0; cut <= octets.size(); ++cut) {
        CAPTURE(cut);
        REQUIRE(pushed(octets, cut, options) == whole);
    }
    for (std::size_t size = 1; size <= 7; ++size) REQUIRE(pushed_in_pieces(octets, size, options) == whole);
}

}  // namespace

TEST_CASE(
    "a message pushed in two pieces, cut anywhere, or octet by octet, is the message parsed whole: all golden ones") {
    std::size_t messages = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(POSTRIDER_GOLDEN)) {
        if (entry.path().extension() != ".eml") continue;
        CAPTURE(entry.path().filename().string());
        auto const file = mapped_file::open(entry.path());
        REQUIRE(file.has_value());
        check_every_cut(file->octets());
        check_every_cut(file->octets(), {.headers_only = true});
        ++messages;
    }
    CHECK(messages > 40);
}

TEST_CASE("pushed: delimiters, header lines and limits that a cut goes through") {
    for (std::string_view octets :
         {"", "\n", "\r\n", "A", "From me\nA: b\n\n", "A: b\r\n\r\n", "no header", "A: b\n--x\n--y\n\nz",
          "Content-Type: multipart/mixed; boundary=b\n\n-\n--\n--b\n\n-\n--\n\n--b--\n--b\n-",
          "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\n\r\n-\r\n--bb\r\n--b  \r\nA\r\n--b--",
          "Content-Type: message/rfc822\n\nFrom x\nContent-Type: multipart/digest; boundary=d\n\n--d\n\nA: "
          "b\n\n--d--\n"})
        check_every_cut(octets);

    std::string const many = "A: " + std::string((1 << 20) + 5, 'x') + "\nB: c\n\n";
    CHECK(pushed_in_pieces(many, 4096) == structure_of(parse(many)));
}

TEST_CASE("pushed: the header is told as soon as it is complete, and what is asked of octets is what was fed") {
    message_parser parser;
    parser.feed("Subject: hi\r\n\r");
    CHECK_FALSE(parser.header_ended());
    parser.feed("\n");
    CHECK(parser.header_ended());
    parser.feed("body");
    CHECK(parser.octets() == "Subject: hi\r\n\r\nbody");
    parsed_message const first = parser.finish();
    CHECK_FALSE(parser.header_ended());
    parser.feed("Subject: again\n\n");
    parsed_message const second = parser.finish();
    CHECK(first.root().value("subject") == "hi");
    CHECK(first.root().body() == "body");
    CHECK(second.root().value("subject") == "again");
}

TEST_CASE("pushed: no octet is looked at twice, however small the pieces are") {
    // One line of a header, one line of a body, and a body of many: each would be quadratic if it were read anew.
    std::string const line = "A: " + std::string(200'000, 'x') + "\n\n";
    std::string const body = "Content-Type: multipart/mixed; boundary=b\n\n--" + std::string(400'000, '-');
    for (std::string const& octets : {line, body}) CHECK(pushed_in_pieces(octets, 1) == structure_of(parse(octets)));
}

TEST_CASE("headers only: the body is one range, and nothing in it is looked at") {
    std::string const octets = "From me\n" + multipart("b", {"\n1", "\n2"});
    parsed_message const message = parse(octets, {.headers_only = true});
    CHECK(message.part_count() == 1);
    CHECK(message.envelope_line() == "From me");
    CHECK(message.root().content_type() == "multipart/mixed");
    CHECK_FALSE(message.root().is_container());
    CHECK(message.root().header_range() == parse(octets).root().header_range());
    CHECK(message.root().body_range() == parse(octets).root().body_range());
    CHECK(names(message.root()).empty());
    CHECK(parse("A: b", {.headers_only = true}).root().value("a") == "b");
}

TEST_CASE("a file that is mapped into memory is parsed where it lies") {
    auto const file = mapped_file::open(std::filesystem::path(POSTRIDER_GOLDEN) / "rfc" / "2049_complex.crlf.eml");
    REQUIRE(file.has_value());
    parsed_message const message = parse(file->octets());
    CHECK(message.part_count() > 3);
    CHECK(message.octets().data() == file->octets().data());
    CHECK(message.root().body().data() > file->octets().data());
}
