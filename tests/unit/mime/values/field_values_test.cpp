#include <postrider/core/limits.hpp>
#include <postrider/mime/content_language.hpp>
#include <postrider/mime/list_fields.hpp>
#include <postrider/mime/mime_version.hpp>
#include <postrider/mime/tag_list.hpp>

#include "support.hpp"

using namespace postrider;
using namespace mime;
using texts = std::vector<std::string>;

TEST_CASE("RFC 2369: the URIs of a list") {
    auto const both =
        parse_list_uris("<ftp://ftp.host.example/list.txt> (FTP),\r\n <mailto:list@host.example?subject=help>");
    CHECK(both.uris == texts{"ftp://ftp.host.example/list.txt", "mailto:list@host.example?subject=help"});
    CHECK(both.defects.empty());
    CHECK(parse_list_uris("<https://x.example/a\r\n ?b=c>").uris == texts{"https://x.example/a?b=c"});
    auto const nobody = parse_list_uris("NO (posting not allowed on this list)");
    CHECK(nobody.none);
    CHECK(nobody.defects.empty());
    for (auto text : {"https://x.example/u", "<https://x.example/u"}) {
        CHECK(parse_list_uris(text).uris == texts{"https://x.example/u"});
        CHECK(has(parse_list_uris(text).defects, defect_kind::invalid_header));
    }
    for (auto text : {"<x>", "<>", "hello", "<:x>", "<a b>", "<1:x>", "<a:\"b\">", "a:b>"}) {
        CHECK(parse_list_uris(text).uris.empty());
        CHECK(has(parse_list_uris(text).defects, defect_kind::invalid_header));
    }
    CHECK(parse_list_uris(repeated("<a:b>,", 100'000)).uris.size() == limits::listed_values);
    for (std::string_view piece : {"<", ">", "(", "\"", ",", "a"}) parse_list_uris(repeated(piece, 300'000));
}

TEST_CASE("RFC 2919: List-Id") {
    auto const id = parse_list_id("List Header Mailing List <list-header.nisto.example>");
    CHECK(id.id == "list-header.nisto.example");
    CHECK(id.description == "List Header Mailing List");
    CHECK(parse_list_id("<commonspace-users.list-id.within.example>").description.empty());
    CHECK(
        parse_list_id("\"Lena's Personal <Joke> List\" <lenas-jokes.da39efc25c530ad145d41b86f7420c3b.021999.localhost>")
            .description == "Lena's Personal <Joke> List");
    CHECK(parse_list_id("=?utf-8?q?J=C3=B6?= list <a.b>").description == "Jö list");
    CHECK(parse_list_id("a.b").id == "a.b");
    CHECK(has(parse_list_id("a.b").defects, defect_kind::invalid_header));
    CHECK(has(parse_list_id(" ").defects, defect_kind::header_missing_required_value));
}

TEST_CASE("RFC 8058: one click needs both fields and an https URI") {
    constexpr std::string_view uris = "<mailto:u@x.example>, <https://x.example/u?opaque=1>";
    CHECK(one_click_unsubscribe(uris, " List-Unsubscribe=One-Click\r\n") == "https://x.example/u?opaque=1");
    CHECK(one_click_unsubscribe(uris, "") == std::nullopt);
    CHECK(one_click_unsubscribe(uris, "List-Unsubscribe=Two-Clicks") == std::nullopt);
    for (auto nowhere : {"<https://>", "<https:///u>", "<https://?u>", "<https://#u>"})
        CHECK(one_click_unsubscribe(nowhere, "List-Unsubscribe=One-Click") == std::nullopt);
    CHECK(one_click_unsubscribe("<https://>, <HTTPS://x>", "List-Unsubscribe=One-Click") == "HTTPS://x");
    CHECK(one_click_unsubscribe("<mailto:u@x>, <http://x/u>", "List-Unsubscribe=One-Click") == std::nullopt);
}

TEST_CASE("RFC 6376: a signature's tags") {
    auto const list = parse_tag_list(
        "v=1; a=rsa-sha256; s=brisbane; d=example.com;\r\n  c=simple/simple; q=dns/txt;\r\n"
        "  h=Received : From : To;\r\n  bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
        "  b=AuUoFEfDxTDk\r\n   IllXSM5LKyFt= ;");
    CHECK(list.defects.empty());
    CHECK(list.tags.size() == 9);
    CHECK(*list.find("a") == "rsa-sha256");
    CHECK(*list.find("h") == "Received : From : To");
    CHECK(without_blanks(*list.find("b")) == "AuUoFEfDxTDkIllXSM5LKyFt=");
    CHECK(*list.find("bh") == "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    CHECK(list.find("V") == nullptr);

    auto const autocrypt = parse_tag_list("addr=a@b.example; prefer-encrypt=mutual; _x=y; keydata=AAAA\r\n BBBB");
    CHECK(*autocrypt.find("prefer-encrypt") == "mutual");
    CHECK(without_blanks(*autocrypt.find("keydata")) == "AAAABBBB");
}

TEST_CASE("a tag list that is none tells so") {
    CHECK(has(parse_tag_list("v=1; v=2").defects, defect_kind::duplicate_parameter));
    CHECK(*parse_tag_list("v=1; v=2").find("v") == "1");
    for (auto text : {"x", "=x", "a=1;;b=2", "1=x", "a b=c"}) {
        INFO(text);
        CHECK(has(parse_tag_list(text).defects, defect_kind::invalid_parameter));
    }
    CHECK(parse_tag_list("a=").find("a")->empty());
    CHECK(parse_tag_list("").tags.empty());
    CHECK(parse_tag_list(repeated("a=b;", 100'000)).tags.size() == limits::listed_values);
}

TEST_CASE("MIME-Version, with comments anywhere") {
    for (auto text : {"1.0", "1.0 (produced by MetaSend Vx.x)", "(produced by MetaSend Vx.x) 1.0",
                      "1.(produced by MetaSend Vx.x)0", " 1 . 0 "}) {
        INFO(text);
        CHECK(parse_mime_version(text).value == mime_version::number{1, 0});
        CHECK(parse_mime_version(text).defects.empty());
    }
    for (auto text : {"1", "1.x", ".", "x.0", "1.0.0", "1.0 x", "99999999999.0"}) {
        INFO(text);
        CHECK(has(parse_mime_version(text).defects, defect_kind::invalid_header));
    }
    CHECK(has(parse_mime_version("").defects, defect_kind::header_missing_required_value));
}

TEST_CASE("Content-Language") {
    CHECK(parse_content_language("en-GB, zh-Hans (simplified),de").tags == texts{"en-GB", "zh-Hans", "de"});
    CHECK(parse_content_language("en;q=0.8, fr").tags == texts{"en", "fr"});
    CHECK(parse_content_language("en").defects.empty());
    CHECK(has(parse_content_language("e n!, de").defects, defect_kind::invalid_header));
    CHECK(has(parse_content_language("").defects, defect_kind::header_missing_required_value));
    for (std::string_view piece : {";", ",", "a;", "(", "\""}) parse_content_language(repeated(piece, 300'000));
}
