#include <postrider/mime/bulk.hpp>
#include <postrider/mime/list_fields.hpp>

#include "support.hpp"

using namespace postrider;

TEST_CASE("RFC 8058: an https URL leaves with one click") {
    auto mail = minimal();
    mime::list_unsubscribe(mail, "https://example.com/leave?id=a,b", "leave@example.com?subject=x");
    CHECK(mail["List-Unsubscribe"] == "<https://example.com/leave?id=a%2Cb>, <mailto:leave@example.com?subject=x>");
    CHECK(mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click");
    CHECK(mime::one_click_unsubscribe(std::string(mail["List-Unsubscribe"]),
                                      std::string(mail["List-Unsubscribe-Post"])) ==
          "https://example.com/leave?id=a%2Cb");
    auto const octets = rendered(mail);
    CHECK(unfolded(field_of(octets, "List-Unsubscribe")) == std::string(mail["List-Unsubscribe"]));
}

TEST_CASE("an address alone, or http beside one, leaves without one click") {
    auto mail = minimal();
    mime::list_unsubscribe(mail, "https://example.com/leave");
    mime::list_unsubscribe(mail, "", "mailto:leave@example.com");
    CHECK(mail.get_all("List-Unsubscribe") == std::vector<std::string>{"<mailto:leave@example.com>"});
    CHECK_FALSE(mail.contains("List-Unsubscribe-Post"));
    mime::list_unsubscribe(mail, "http://example.com/leave", "leave@example.com");
    CHECK_FALSE(mail.contains("List-Unsubscribe-Post"));
}

TEST_CASE("what would leave a reader stuck is refused") {
    auto mail = minimal();
    for (auto url : {"", "http://example.com/", "example.com", "ftp://example.com/", "https://", "https:///x",
                     "javascript:x", "https://exämple.com/", "https://example.com/a b", "https://example.com/<x>"})
        CHECK(thrown([&] { mime::list_unsubscribe(mail, url); }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mime::list_unsubscribe(mail, "https://x.example/" + repeated("x", 900)); }) ==
          mime::errc::bad_field_body);
    CHECK(thrown([&] { mime::list_unsubscribe(mail, "", "nobody"); }) == mime::errc::bad_field_body);
    CHECK_FALSE(mail.contains("List-Unsubscribe"));
}

TEST_CASE("hazard 122: line ends in a list's fields are refused") {
    auto mail = minimal();
    CHECK(thrown([&] { mime::list_unsubscribe(mail, "https://x.example/\r\nBcc: a@b"); }) ==
          mime::errc::control_character);
    CHECK(thrown([&] { mime::list_help(mail, "https://x.example/\nx"); }) == mime::errc::control_character);
    CHECK(thrown([&] { mime::identify_list(mail, "a.b", "x\ny"); }) == mime::errc::control_character);
    CHECK(thrown([&] { mime::identify_list(mail, "a.b>\r\nX: y"); }) == mime::errc::bad_field_body);
}

TEST_CASE("RFC 2919: a list is told by its identifier") {
    auto mail = minimal();
    mime::identify_list(mail, "news.example.com", "Neues für alle");
    CHECK(mail["List-Id"] == "Neues für alle <news.example.com>");
    auto const octets = rendered(mail);
    CHECK(mime::parse_list_id(field_of(octets, "List-Id")).id == "news.example.com");
    CHECK(mime::parse_list_id(field_of(octets, "List-Id")).description == "Neues für alle");
    mime::identify_list(mail, "news.example.com");
    CHECK(mail["List-Id"] == "<news.example.com>");
    for (auto id : {"", "news", ".a", "a.", "a..b", "a b.c", "é.example"})
        CHECK(thrown([&] { mime::identify_list(mail, id); }) == mime::errc::bad_field_body);
}

TEST_CASE("RFC 2369: the other ways to a list") {
    auto mail = minimal();
    mime::list_help(mail, "https://example.com/help");
    mime::list_subscribe(mail, "mailto:join@example.com");
    mime::list_owner(mail, "mailto:owner@example.com");
    mime::list_archive(mail, "http://example.com/archive");
    mime::list_post(mail, "NO");
    CHECK(mail["List-Help"] == "<https://example.com/help>");
    CHECK(mail["List-Subscribe"] == "<mailto:join@example.com>");
    CHECK(mail["List-Owner"] == "<mailto:owner@example.com>");
    CHECK(mail["List-Archive"] == "<http://example.com/archive>");
    CHECK(mail["List-Post"] == "NO");
    CHECK(thrown([&] { mime::list_help(mail, "help@example.com"); }) == mime::errc::bad_field_body);
}

TEST_CASE("hazard 173: mail from programs says so") {
    auto mail = minimal();
    mime::auto_submitted(mail);
    CHECK(mail["Auto-Submitted"] == "auto-generated");
    mime::auto_submitted(mail, mime::submission::auto_replied);
    CHECK(mail.get_all("Auto-Submitted") == std::vector<std::string>{"auto-replied"});
    mime::mark_as_bulk(mime::mark_as_bulk(mail));
    CHECK(mail.get_all("Precedence") == std::vector<std::string>{"bulk"});
}

TEST_CASE("a read receipt is asked for at an address") {
    auto mail = minimal();
    mime::request_read_receipt(mail, "Me <me@example.com>");
    CHECK(field_of(rendered(mail), "Disposition-Notification-To") == "Me <me@example.com>");
    CHECK(thrown([&] { mime::request_read_receipt(mail, {}); }) == mime::errc::bad_address);
}
