#include <doctest/doctest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/mime/json.hpp>
#include <postrider/mime/tree.hpp>

#include "messages.hpp"

using namespace postrider::mime;
using namespace postrider::mime::test;

namespace {

std::string json_of(std::string const& octets) {
    return boost::json::serialize(to_json(parse(octets)));
}

}  // namespace

TEST_CASE("tree: boxes, names, cids, charsets, sizes, defects") {
    std::string const octets = multipart(
        "o", {"Content-Type: multipart/related; boundary=i\n\n--i\nContent-Type: text/html; charset=UTF-8\n\n<p>\n--i\n"
              "Content-Type: image/png\nContent-ID: <c1>\nContent-Transfer-Encoding: base64\n\naGVsbG8\n--i--",
              "Content-Type: application/pdf; name=\"报表.pdf\"\n\n" + std::string(1500, 'x')});
    CHECK(to_tree(parse(octets)) ==
          "multipart/mixed\n"
          "├─ multipart/related\n"
          "│  ├─ text/html  utf-8  3 B\n"
          "│  └─ image/png  cid:c1  5 B  ! InvalidBase64Padding\n"
          "└─ application/pdf  \"报表.pdf\"  1.5 KiB\n");
}

TEST_CASE("tree: nothing in it moves the cursor or turns the text around") {
    std::string const octets = with("Content-Type: image/png;\n name*=utf-8''a%1B%5B2Jb%0A%E2%80%AEgnp.exe%C2%9B%09");
    CHECK(to_tree(parse(octets)) == "image/png  \"a\\x1b[2Jb\\x0agnp.exe\\u009b\"  1 B\n");
}

TEST_CASE("json: a leaf has size, sha256 and text; what is absent is null") {
    std::string const octets =
        with("Subject: =?utf-8?q?=E4=BD=A0?=\nContent-Type: text/plain; charset=\"UTF-8\"", "hello");
    CHECK(json_of(octets) ==
          "{\"headers\":[{\"name\":\"Subject\",\"value\":\"你\"},{\"name\":\"Content-Type\",\"value\":\"text/plain; "
          "charset=\\\"UTF-8\\\"\"}],\"content_type\":\"text/plain\",\"charset\":\"utf-8\",\"disposition\":null,"
          "\"filename\":null,\"content_id\":null,\"size\":5,\"sha256\":"
          "\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\",\"text\":\"hello\",\"parts\":null,"
          "\"defects\":[]}");
}

TEST_CASE("json: a container has parts, in order, and nothing of a leaf") {
    std::string const octets =
        multipart("b", {"Content-Type: application/octet-stream\n\n\xff", "Content-Type: message/rfc822\n\nA: b\n\nc"});
    parsed_message const message = parse(octets);
    boost::json::object const root = to_json(message);
    CHECK(root.at("size").is_null());
    CHECK(root.at("sha256").is_null());
    CHECK(root.at("text").is_null());
    boost::json::array const& parts = root.at("parts").as_array();
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].at("text").is_null());
    CHECK(parts[0].at("sha256").as_string() == postrider::to_hex(postrider::sha256("\xff")));
    CHECK(parts[1].at("parts").as_array()[0].at("headers").as_array()[0].at("value").as_string() == "b");
    CHECK(to_json(message.part(2)) == parts[1].as_object());
}

TEST_CASE("json: defects are names with an offset") {
    std::string const octets = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n";
    boost::json::object const root = to_json(parse(octets));
    CHECK(boost::json::serialize(root.at("defects")) == "[{\"name\":\"CloseBoundaryNotFound\",\"offset\":50}]");
}

TEST_CASE("json: every string is UTF-8, whatever the message holds") {
    std::string octets;
    for (int c = 0; c < 256; ++c) octets += static_cast<char>(c);
    for (std::string const& message :
         {with("Subject: \xff\xfe\nTo: \xff <a\xff@b>\nContent-ID: <\xff>\nContent-Type: text/plain; name=\"\xff\"; "
               "charset=\"\xff\"\nContent-Disposition: a\xff; filename=\xff",
               octets),
          octets}) {
        boost::json::error_code error;
        (void)boost::json::parse(json_of(message), error);  // refuses what is no UTF-8
        CHECK_FALSE(error);
    }
}
