#include <doctest/doctest.h>

#include <postrider/codec/base64.hpp>
#include <postrider/codec/error.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/external_body.hpp>
#include <postrider/mime/partial.hpp>
#include <postrider/mime/signed_content.hpp>

#include "messages.hpp"

using namespace postrider;
using namespace postrider::mime;
using namespace postrider::mime::test;

namespace {

/// The example of RFC 2046 §5.2.2.1, its audio shortened.
constexpr std::string_view first_half =
    "X-Weird-Header-1: Foo\nFrom: Bill@host.com\nTo: joe@otherhost.com\nDate: Fri, 26 Mar 1993 12:59:38 -0500 (EST)\n"
    "Subject: Audio mail (part 1 of 2)\nMessage-ID: <id1@host.com>\nMIME-Version: 1.0\n"
    "Content-type: message/partial; id=\"ABC@host.com\"; number=1; total=2\n\n"
    "X-Weird-Header-1: Bar\nX-Weird-Header-2: Hello\nMessage-ID: <anotherid@foo.com>\nSubject: Audio mail\n"
    "MIME-Version: 1.0\nContent-type: audio/basic\nContent-transfer-encoding: base64\n\naGVs\n";
constexpr std::string_view second_half =
    "From: Bill@host.com\nTo: joe@otherhost.com\nSubject: Audio mail (part 2 of 2)\nMIME-Version: 1.0\n"
    "Message-ID: <id2@host.com>\nContent-type: message/partial; id=\"ABC@host.com\"; number=2; total=2\n\nbG8=\n";

std::string fragment(std::string_view parameters) {
    return "Content-Type: message/partial; " + std::string(parameters) + "\n\nA: b\n\nx\n";
}

auto joined(std::initializer_list<std::string_view> fragments) {
    std::vector<parsed_message> parsed;
    for (std::string_view one : fragments) parsed.push_back(parse_owned(one));
    return join_fragments(parsed);
}

/// A message of base64 within a message of base64..., `times` deep.
std::string wrapped(std::size_t times) {
    std::string octets = "Subject: inmost\n\nx";
    for (std::size_t i = 0; i < times; ++i)
        octets =
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + codec::encode_base64_lines(octets);
    return octets;
}

}  // namespace

TEST_CASE("message/partial: the fragments, in any order, give the message that was cut") {
    auto const message = joined({second_half, first_half});
    REQUIRE(message.has_value());
    CHECK(*message ==
          "X-Weird-Header-1: Foo\nFrom: Bill@host.com\nTo: joe@otherhost.com\nDate: Fri, 26 Mar 1993 12:59:38 -0500 "
          "(EST)\nMessage-ID: <anotherid@foo.com>\nSubject: Audio mail\nMIME-Version: 1.0\nContent-type: audio/basic\n"
          "Content-transfer-encoding: base64\n\naGVs\nbG8=\n");
    CHECK(parse(*message).root().content().octets() == "hello");
}

TEST_CASE("hazard 116: a fragment is opaque and joined with no other by itself; a total of 10^9 asks for as many") {
    parsed_message const one = parse(first_half);
    CHECK(one.part_count() == 1);
    CHECK(partial_of(one.root()) == partial_fragment{"ABC@host.com", 1, 2});
    CHECK_FALSE(partial_of(parse("A: b\n\n").root()));

    std::string const huge = fragment("id=a; number=1; total=1000000000");
    CHECK(partial_of(parse(huge).root())->total == 1'000'000'000);
    CHECK(joined({huge}).error() == codec::errc::malformed);
    CHECK(joined({}).error() == codec::errc::malformed);
    CHECK(joined({fragment("id=a; number=1; total=1")}).has_value());
    for (std::string_view bad :
         {"number=1; total=1", "id=a; total=1", "id=a; number=0; total=1", "id=a; number=2; total=1", "id=a; number=1",
          "id=a; number=-1; total=1", "id=a; number=99999999999; total=1"})
        CHECK_FALSE(joined({fragment(bad)}).has_value());
    CHECK_FALSE(joined({first_half, first_half}).has_value());
    CHECK_FALSE(joined({first_half, fragment("id=other; number=2; total=2")}).has_value());
    CHECK_FALSE(joined({first_half, fragment("id=\"ABC@host.com\"; number=2; total=3")}).has_value());
    CHECK(joined({fragment("id=a; number=1"), fragment("id=a; number=2; total=2")}).has_value());
}

TEST_CASE("hazard 116: an external body and TNEF are opaque; what is said of them can be asked") {
    std::string const octets = multipart(
        "b",
        {"Content-Type: message/external-body; access-type=ANON-FTP; site=\"thumper.example.com\";\n directory=pub; "
         "name=\"a.ps\"; mode=image; size=1234;\n expiration=\"Fri, 14 Jun 1991 19:13:14 -0400\"\n\n"
         "Content-Type: application/postscript\nContent-ID: <id42@example.com>\n\n",
         "Content-Type: message/external-body; access-type=URL;\n URL=\"http://example.com/a b\n c\"\n\nA: "
         "b\n\nphantom",
         "Content-Type: message/external-body\n\nA: b\n\n", "Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22"});
    parsed_message const message = parse(octets);
    CHECK(message.part_count() == 5);
    auto const ftp = external_body_of(message.part(1));
    REQUIRE(ftp);
    CHECK(ftp->access_type == "anon-ftp");
    CHECK(ftp->site == "thumper.example.com");
    CHECK(ftp->directory == "pub");
    CHECK(ftp->name == "a.ps");
    CHECK(ftp->mode == "image");
    CHECK(ftp->size == 1234);
    CHECK(ftp->expiration);
    CHECK(ftp->permission == "read");
    CHECK(ftp->url.empty());
    auto const type = ftp->fields.find("content-type");
    REQUIRE(type != ftp->fields.end());
    CHECK(octets.substr(type->offset, 12) == "Content-Type");
    CHECK(unfold(type->body) == "application/postscript");

    auto const url = external_body_of(message.part(2));
    REQUIRE(url);
    CHECK(url->url == "http://example.com/abc");
    CHECK(url->phantom_body == "phantom");
    CHECK_FALSE(external_body_of(message.part(3)));
    CHECK(message.part(4).content().octets() == "\x78\x9f\x3e\x22");
}

TEST_CASE("multipart/signed: what was signed, octet for octet, in each kind of line end") {
    for (std::string_view end : {"\n", "\r\n"}) {
        std::string lines =
            "Content-Type: multipart/signed; protocol=\"application/pgp-signature\";\n micalg=PGP-SHA512; "
            "boundary=s\n\n"
            "before\n--s\nContent-Type: multipart/mixed; boundary=\"i\"  \n\n--i\n\n  trailing blanks  \n\n--i--\n epi "
            "\n\n"
            "--s\nContent-Type: application/pgp-signature\n\n-----BEGIN\n--s--\nbehind\n";
        std::string const signed_lines =
            "Content-Type: multipart/mixed; boundary=\"i\"  \n\n--i\n\n  trailing blanks  \n\n--i--\n epi \n";
        auto const in_ends = [&](std::string_view text) {
            std::string out;
            for (char c : text) out += c == '\n' ? std::string(end) : std::string(1, c);
            return out;
        };
        std::string const octets = in_ends(lines);
        parsed_message const message = parse(octets);
        auto const found = signed_content_of(message.root());
        REQUIRE(found);
        CHECK(found->content.octets() == in_ends(signed_lines));
        CHECK(found->content.octets().data() == octets.data() + found->content.range().begin);
        CHECK(found->protocol == "application/pgp-signature");
        CHECK(found->micalg == "pgp-sha512");
        CHECK(found->signature.content().octets() == "-----BEGIN");
        std::string canonical;
        for (char c : signed_lines) canonical += c == '\n' ? "\r\n" : std::string(1, c);
        CHECK(found->canonical_octets() == canonical);
    }
    CHECK_FALSE(signed_content_of(parse(multipart("b", {"\n1", "\n2"})).root()));
}

TEST_CASE("a part's octets begin with a From line where it has one: only the message's own is set aside") {
    std::string const octets = multipart("b", {"From x\nA: b\n\n1"});
    parsed_message const message = parse(octets);
    CHECK(message.part(1).octets() == "From x\nA: b\n\n1");
    CHECK(message.part(1).value("a") == "b");
    CHECK(message.envelope_line().empty());
}

TEST_CASE("hazard 90: encoded messages within one another open three deep, and count as depth") {
    std::string const octets = wrapped(5);
    parsed_message message = parse(octets);
    for (std::size_t i = 0; i < limits::encoded_messages; ++i) {
        CHECK(names(message.root()) == "EncodedMessage");
        auto opened = message.root().open_encoded();
        REQUIRE(opened);
        message = std::move(*opened);
    }
    CHECK(names(message.root()) == "EncodedMessage EncodingLimit");
    CHECK_FALSE(message.root().open_encoded());

    auto const inner = parse_owned(wrapped(1)).root().open_encoded();
    REQUIRE(inner);
    CHECK(inner->root().value("subject") == "inmost");

    std::string deep;
    for (std::size_t i = 0; i + 1 < limits::parse_depth; ++i) deep += "Content-Type: message/rfc822\n\n";
    std::string many;
    for (int i = 0; i < 10; ++i) many += "Content-Type: message/rfc822\n\n";
    parsed_message const around =
        parse_owned(deep + "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" +
                    codec::encode_base64_lines(many));
    parsed_part const leaf = around.part(around.part_count() - 1);
    CHECK(leaf.depth() == limits::parse_depth - 1);
    auto const last = leaf.open_encoded();
    REQUIRE(last);
    CHECK(last->part_count() == 1);
    CHECK(names(last->root()) == "DepthLimit");
}
