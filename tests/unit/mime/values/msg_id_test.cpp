#include <postrider/core/limits.hpp>
#include <postrider/mime/msg_id.hpp>

#include "support.hpp"

using namespace postrider;
using mime::defect_kind, mime::parse_msg_ids;
using ids = std::vector<std::string>;

TEST_CASE("msg-ids as RFC 5322 has them") {
    CHECK(parse_msg_ids("<1234@local.machine.example>").ids == ids{"1234@local.machine.example"});
    auto const references = parse_msg_ids(" <1234@local.machine.example>\r\n <3456@example.net> (so it goes)");
    CHECK(references.ids == ids{"1234@local.machine.example", "3456@example.net"});
    CHECK(references.defects.empty());
    CHECK(parse_msg_ids("<a@[192.0.2.1]><b@c>").ids == ids{"a@[192.0.2.1]", "b@c"});
}

TEST_CASE("hazard 115: what mailers put among msg-ids is passed over") {
    auto read = [](std::string_view text, ids const& expected) {
        INFO(text);
        auto const field = parse_msg_ids(text);
        CHECK(field.ids == expected);
        CHECK_FALSE(field.defects.empty());
    };
    read("Your message of Monday, \"hello\" <a@b>", {"a@b"});
    read("<a@b>, <c@d>", {"a@b", "c@d"});
    read("<a@b <c@d>", {"a@b", "c@d"});
    read("<a@b", {"a@b"});
    read("<no-at-sign>", {"no-at-sign"});
    read("<left\r\n @right>", {"left@right"});
    read("a@b c@d", {"a@b", "c@d"});
    read("a@b,", {"a@b"});
    read("<>", {});
    read("< >", {});
    read("hello", {});
    read("", {});
    read("<a\xFF@b>", {});
    read(std::string_view("<a\0@b>", 6), {});
    read("<" + repeated("x", 2000) + "@y>", {});
    CHECK(has(parse_msg_ids(" \r\n ").defects, defect_kind::header_missing_required_value));
}

TEST_CASE("hazard 115: a megabyte of references keeps its root and its nearest ancestors") {
    std::string many = "<root@x>";
    for (int i = 0; i < 100'000; ++i) many += "\r\n <" + std::to_string(i) + "@x>";
    auto const field = parse_msg_ids(many);
    REQUIRE(field.ids.size() == limits::msg_ids);
    CHECK(field.ids.front() == "root@x");
    CHECK(field.ids[1] == std::to_string(100'000 - 999) + "@x");
    CHECK(field.ids.back() == "99999@x");
    CHECK(has(field.defects, defect_kind::value_limit));
    for (std::string_view piece : {"<", ">", "(", "\"", "<a", "a@b ", "\\"})
        CHECK(parse_msg_ids(repeated(piece, 300'000)).ids.size() <= limits::msg_ids);
}
