#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>
#include <chrono>
#include <postrider/core/limits.hpp>
#include <postrider/mime/json.hpp>
#include <postrider/mime/tree.hpp>

#include "messages.hpp"

using namespace postrider;
using namespace postrider::mime;
using namespace postrider::mime::test;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

/// A multipart in a multipart in a multipart..., `depth` deep, each with a boundary of its own.
std::string nested(std::size_t depth) {
    std::string octets;
    for (std::size_t i = 0; i < depth; ++i) {
        std::string const boundary = "b" + std::to_string(i);
        octets += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    }
    return octets + "\nin the middle\n";
}

std::string subject_of(std::string const& body) {
    return decode_field({.name = "Subject", .body = body}).value;
}
std::string to_of(std::string const& body) {
    return decode_field({.name = "To", .body = body}).value;
}

/// Reads all there is to read. Nothing here may take seconds, whatever the machine; what would is quadratic.
void read_all_of(parsed_message const& message) {
    check_invariants(message);
    CHECK_FALSE(to_tree(message).empty());
    CHECK_FALSE(to_json(message).empty());
}

class stopwatch {
public:
    ~stopwatch() { CHECK(std::chrono::steady_clock::now() - start_ < std::chrono::seconds(60)); }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

TEST_CASE("hazard 88: multiparts 100,000 deep stop at the limit; what lies deeper is one opaque leaf") {
    stopwatch const watch;
    std::string const octets = nested(100'000);
    parsed_message const message = parse(octets);
    REQUIRE(message.part_count() == limits::parse_depth + 1);
    parsed_part const deepest = message.part(limits::parse_depth);
    CHECK(deepest.depth() == limits::parse_depth);
    CHECK_FALSE(deepest.is_container());
    CHECK(deepest.content_type() == "multipart/mixed");
    CHECK(names(deepest) == "DepthLimit");
    read_all_of(message);
}

TEST_CASE("hazard 89: a million siblings stop at the limit; the rest is one opaque leaf") {
    stopwatch const watch;
    std::string const octets =
        "Content-Type: multipart/mixed; boundary=b\n\n" + repeat("--b\n\n\n", 1'000'000) + "--b--\n";
    parsed_message const message = parse(octets);
    REQUIRE(message.part_count() == limits::parse_parts);
    parsed_part const rest = message.part(limits::parse_parts - 1);
    CHECK(names(rest) == "PartLimit");
    CHECK(rest.content_type() == "application/octet-stream");
    CHECK(rest.body_range().end == octets.size());
    CHECK(names(message.root()).empty());
    read_all_of(message);
}

TEST_CASE("hazard 90: messages within messages count as depth, and encoded ones are not opened") {
    stopwatch const watch;
    std::string const octets = repeat("Content-Type: message/rfc822\n\n", 100'000) + "\nx";
    parsed_message const message = parse(octets);
    CHECK(message.part_count() == limits::parse_depth + 1);
    CHECK(names(message.part(limits::parse_depth)) == "DepthLimit");
    read_all_of(message);
}

TEST_CASE("hazard 91: links lead from parents to later parts only") {
    std::string const octets = multipart("b", {"Content-Type: message/rfc822\n\nA: b\n\n1", "\n2", "\n3"});
    parsed_message const message = parse(octets);
    std::size_t seen = 1;
    for (std::size_t i = 0; i < message.part_count(); ++i) {
        for (parsed_part const& child : message.part(i).children()) {
            CHECK(child.index() > i);
            CHECK(child.parent() == message.part(i));
            ++seen;
        }
    }
    CHECK(seen == message.part_count());
}

TEST_CASE("hazard 92: a close-delimiter before the first part leaves a multipart without parts") {
    std::string const octets =
        multipart("o", {"Content-Type: multipart/mixed; boundary=i\n\n--i--\n--i\n\nno part", "\n2"});
    parsed_message const message = parse(octets);
    CHECK(outline(message) == "multipart/mixed(multipart/mixed,text/plain)");
    CHECK(names(message.part(1)) == "StartBoundaryNotFound");
    CHECK_FALSE(message.part(1).is_container());
    check_invariants(message);
}

TEST_CASE("hazard 93: without a close-delimiter a multipart ends with the message, also inside a delimiter") {
    for (std::string_view end : {"", "\n", "\n-", "\n--", "\n--boundar", "\n--boundary-"}) {
        std::string const octets =
            "Content-Type: multipart/mixed; boundary=boundary\n\n--boundary\n\ntext" + std::string(end);
        CAPTURE(end);
        parsed_message const message = parse(octets);
        REQUIRE(message.part_count() == 2);
        CHECK(names(message.root()) == "CloseBoundaryNotFound");
        CHECK(message.part(1).body().starts_with("text"));
        check_invariants(message);
    }
}

TEST_CASE("hazard 94: a boundary that begins another, and one that is used twice: the outermost takes the line") {
    CHECK(outline(parse(multipart("b", {"Content-Type: multipart/mixed; boundary=bb\n\n--bb\n\n1\n--bbb\n--bb--"}))) ==
          "multipart/mixed(multipart/mixed(text/plain))");
    parsed_message const same = parse(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
        "multipart/mixed; boundary=b\n\n--b\n\n1\n--b--\n--b--\n");
    CHECK(outline(same) == "multipart/mixed(multipart/mixed,text/plain)");
    CHECK(names(same.part(1)) == "StartBoundaryNotFound");
    // "b--" outside and "b" inside: the line is the outer one's delimiter and the inner one's end.
    CHECK(outline(parse("Content-Type: multipart/mixed; boundary=b--\n\n--b--\nContent-Type: multipart/mixed; "
                        "boundary=b\n\n--b\n\n1\n--b--\n\n2\n--b----\n")) ==
          "multipart/mixed(multipart/mixed(text/plain),text/plain)");
}

TEST_CASE("hazard 95: without a boundary, with an empty one or one beyond the limit a multipart is an opaque leaf") {
    std::string const long_boundary(1 << 19, 'b');
    for (std::string const& boundary :
         {std::string(), std::string("; boundary="), std::string("; boundary=\"  \""), "; boundary=" + long_boundary}) {
        std::string const octets = "Content-Type: multipart/mixed" + boundary + "\n\n--" + long_boundary + "\n\n1\n";
        parsed_message const message = parse(octets);
        CHECK(message.part_count() == 1);
        CHECK(names(message.root()).ends_with("NoBoundaryInMultipart MultipartInvariantViolation"));
        CHECK(message.root().content().octets() == message.root().body());
    }
    std::string const longest(limits::boundary_octets, 'b');
    CHECK(parse(multipart(longest, {"\n1"})).part_count() == 2);
}

TEST_CASE("hazard 97: a field of 50 MB, and a million fields: those beyond the limits are not listed") {
    stopwatch const watch;
    std::string const octets = "A: b\nSubject: " + std::string(50'000'000, 'x') + "\nC: d\n\nbody";
    parsed_message const message = parse(octets);
    CHECK(field_names(message.root()) == "A");
    CHECK(names(message.root()) == "HeaderOctetsLimit");
    CHECK(message.root().defects()[0].offset == 5);
    CHECK(message.root().body() == "body");

    std::string const many = repeat("a:\n", 1'000'000) + "\nbody";
    parsed_message const fields = parse(many);
    CHECK(std::distance(fields.root().fields().begin(), fields.root().fields().end()) == limits::header_fields);
    CHECK(names(fields.root()) == "HeaderFieldsLimit HeaderOctetsLimit");
    CHECK(fields.root().body() == "body");

    std::string const folds = "Subject:" + repeat("\n x", 10'000'000) + "\n\nbody";
    CHECK(parse(folds).root().body() == "body");
}

TEST_CASE("hazard 97: an address field and a text field of 1 MiB of anything are decoded in one go") {
    stopwatch const watch;
    for (std::string_view piece :
         {"\"", "(", "<", "[", "=?", "=?a?q?", "=?utf-8?q?a?= ", "\\", "=?utf-8?b?", "a@b, "}) {
        std::string const body = repeat(piece, 1'000'000 / piece.size());
        CAPTURE(piece);
        CHECK(to_of(body).size() <= 4 * body.size());
        CHECK(subject_of(body).size() <= 4 * body.size());
    }
}

TEST_CASE("hazard 96: 100,000 and 500,000 addresses are shown in one go, and beyond the limit not listed") {
    stopwatch const watch;
    std::string const list = repeat("a@b.example, ", 80'000);
    std::string const octets = "To: " + list + "\n\nx";
    parsed_message const message = parse(octets);
    CHECK(message.root().value("to") == list);
    std::string const longer = "From: a@b\nTo: " + repeat("a@b.example, ", 500'000) + "\nCc: x@y\n\nx";
    CHECK(field_names(parse(longer).root()) == "From");
    CHECK(names(parse(longer).root()) == "HeaderOctetsLimit");
    CHECK(parse(longer).root().body() == "x");
}

TEST_CASE("hazard 100: 99,999 colons in an address field are shown as they are") {
    stopwatch const watch;
    std::string const colons(99'999, ':');
    CHECK(to_of(colons) == colons);
}

TEST_CASE("hazard 101: nested comments in an address field are shown as they are") {
    stopwatch const watch;
    std::string const comments = repeat("(", 100'000) + repeat(")", 100'000);
    CHECK(to_of(comments) == comments);
    CHECK(to_of(repeat("(", 100'000)) == repeat("(", 100'000));
}

TEST_CASE("hazard 102: a domain literal of 262,144 octets is shown as it is") {
    stopwatch const watch;
    std::string const literal = "a@[" + std::string(262'144, '1') + "]";
    CHECK(to_of(literal) == literal);
    CHECK(to_of(literal.substr(0, literal.size() - 1)) == literal.substr(0, literal.size() - 1));
}

TEST_CASE("hazard 103: a long malformed phrase is shown as it is") {
    stopwatch const watch;
    for (std::string const& phrase : {repeat("word . ", 100'000), repeat("\"a\" ", 100'000), repeat("a\\ ", 100'000)})
        CHECK(to_of(phrase) == unfold(phrase));
}

TEST_CASE("hazard 101: nested comments in a structured field") {
    stopwatch const watch;
    std::string const comments = repeat("(", 300'000);
    CHECK(parse_content_type("text/html " + comments).value == "text/html");
    CHECK(parse_content_type("text/html; name=a " + comments).find("name") != nullptr);
    CHECK(parse_content_type("text/html; " + repeat("( ", 300'000)).value == "text/html");
}

TEST_CASE("hazard 106: 100,000 encoded-words") {
    stopwatch const watch;
    std::string const body = repeat("=?utf-8?b?5L2g?= =?utf-8?q?=E5=A5=BD?= ", 50'000);
    CHECK(subject_of(body).size() >= 300'000);
    CHECK(to_of(body).size() >= 300'000);
    CHECK(subject_of(repeat("=?utf-8?b?5L2g?=,", 50'000)).size() > 100'000);
    CHECK(to_of(repeat("=?x-none?q?a?= ", 50'000)).size() > 100'000);
}

TEST_CASE("hazard 107: 100,000 parameters: so many are read, and the first of a name still counts") {
    stopwatch const watch;
    std::string different, alike;
    for (int i = 0; i < 100'000; ++i) {
        different += "; p" + std::to_string(i) + "=x";
        alike += "; name=" + std::to_string(i);
    }
    structured_field const many = parse_content_type("text/plain" + different);
    CHECK(many.parameters.size() == limits::listed_values);
    CHECK(many.defects == std::vector{defect_kind::value_limit});
    structured_field const one = parse_content_type("text/plain" + alike);
    CHECK(one.parameters.size() == limits::listed_values);
    CHECK(*one.find("name") == "0");
}

TEST_CASE("hazard 115: a References field of 1 MB is listed and decoded; one that is longer is not") {
    stopwatch const watch;
    std::string const ids = repeat("<a@b.example>\n ", 60'000);
    std::string const octets = "References: " + ids + "\nSubject: s\n\nx";
    parsed_message const message = parse(octets);
    CHECK(message.root().value("references") == unfold(ids));
    CHECK(message.root().value("subject") == "s");
    std::string const longer = "References: " + repeat(ids, 2) + "\nSubject: s\n\nx";
    CHECK_FALSE(parse(longer).root().value("references"));
    CHECK(names(parse(longer).root()) == "HeaderOctetsLimit");
}

TEST_CASE("boundary look-alikes of 100 open multiparts") {
    stopwatch const watch;
    std::string octets;
    std::string const common(2'000, 'b');
    for (std::size_t i = 0; i < limits::parse_depth; ++i) {
        std::string const boundary = common + std::to_string(i);
        octets += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    }
    octets += "\n" + repeat("--" + common + "\n", 10'000) + repeat("--\n", 1'000'000);
    parsed_message const message = parse(octets);
    CHECK(message.part_count() == limits::parse_depth + 1);
    check_invariants(message);
}

TEST_CASE("a defect that repeats is told once, so that the list stays short") {
    std::string const octets = repeat(":\n", 1'000'000) + "\nx";
    CHECK(names(parse(octets).root()) == "InvalidHeader HeaderOctetsLimit");
}
