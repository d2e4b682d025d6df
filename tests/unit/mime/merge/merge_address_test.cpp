#include "merge_support.hpp"

namespace {

/// "name <address>" for each, as the templates stand in the message.
std::vector<std::string> read(std::string_view list) {
    std::vector<std::string> all;
    for (auto const& entry : mime::merge_addresses(list))
        for (auto const& one : entry.mailboxes) all.push_back(one.name + '<' + one.address + '>');
    return all;
}

using list = std::vector<std::string>;

mime::merge_plan plan_to(std::string_view to) {
    mime::message mail;
    mail.from("a@example.com").text("x");
    mail.set_field({"To", mime::merge_addresses(to)});
    return plan_of(mail, {"name", "email"});
}

mime::mailbox recipient(std::string_view name, std::string_view email) {
    auto const octets = octets_of(plan_to("{{name|}} <{{email}}>"), {1, {name, email}, {}});
    auto const field = mime::parse(octets).root().fields().find("To");
    return mime::parse_mailbox(mime::unfold(field->body)).value();
}

}  // namespace

TEST_CASE("addresses with holes are read as a list") {
    CHECK(read("{{email}}") == list{"<{{email}}>"});
    CHECK(read("{{name}} <{{email}}>") == list{"{{name}}<{{email}}>"});
    CHECK(read("\"{{last, of all}}, {{first}}\" <{{user}}@example.com>, b@example.net,") ==
          list{"{{last, of all}}, {{first}}<{{user}}@example.com>", "<b@example.net>"});
    CHECK(read("{{a|x, y}} <{{b}}>") == list{"{{a|x, y}}<{{b}}>"});
    CHECK(read("\"a \\\"b\\\" c\" <x@y.example>") == list{"a \"b\" c<x@y.example>"});
    CHECK(read(" , ").empty());
    for (auto const* bad : {"{{a}}@@b", "Ann", "{{a}} {{b}}", "<{{a}}", "{{a}}@", "x <>"})
        CHECK(thrown([&] { read(bad); }) == mime::errc::bad_address);
    CHECK(thrown([&] { read("{{a\n}}@b"); }) == mime::errc::control_character);
}

TEST_CASE("a row's display name is quoted or encoded as it needs") {
    for (std::string_view name :
         {"Ann", "Ann \"the\" Who", "O'Brien, Pat", "张伟", "=?utf-8?q?look?=", "a@b", "<x>", "\\"}) {
        auto const one = recipient(name, "ann@example.net");
        CHECK(one.name == name);
        CHECK(one.address == "ann@example.net");
    }
    CHECK(recipient("", "ann@example.net").name.empty());
    CHECK(recipient("Ann", " ann@example.net\t").address == "ann@example.net");
    CHECK(recipient("Ann", "\"odd local\"@example.net").address == "\"odd local\"@example.net");
}

TEST_CASE("a value that makes no address, or more than one, fails its row") {
    auto const plan = plan_to("{{email}}");
    for (std::string_view bad :
         {"ann", "ann@", "@example.net", "a@b@c", "a@x.example, b@y.example", "Ann <a@x.example>", "a@x.example>",
          "a b@x.example", "a@x..example", "a@-\"", "(c)a@x.example"}) {
        CAPTURE(bad);
        CHECK(failure_of(plan, {1, {"n", bad}, {}}).code == mime::errc::bad_address);
        CHECK(plan.envelope({1, {"n", bad}, {}}).error().code == mime::errc::bad_address);
    }
    auto const long_one = std::string(1000, 'a') + "@x.example";
    CHECK(failure_of(plan, {1, {"n", long_one}, {}}).code == mime::errc::bad_address);
}

TEST_CASE("a row's envelope holds each recipient once, the blind ones too") {
    mime::message mail;
    mail.from("{{name|Shop}} <shop@example.com>").text("x").cc("Boss <boss@example.com>");
    mail.set_field({"To", mime::merge_addresses("{{email}}")});
    mail.set_field({"Bcc", mime::merge_addresses("{{name}}@audit.example, boss@EXAMPLE.com")});
    auto const plan = plan_of(mail, {"name", "email"});
    auto const envelope = plan.envelope({1, {"ann", "ann@example.net"}, {}}).value();
    CHECK(envelope.reverse_path == "shop@example.com");
    CHECK(envelope.forward_paths == list{"ann@example.net", "boss@example.com", "ann@audit.example"});
    auto const octets = octets_of(plan, {1, {"ann", "ann@example.net"}, {}});
    CHECK(octets.find("audit") == octets.npos);
    CHECK(plan.envelope({1, {"boss", "boss@example.com"}, {}}).value().forward_paths.size() == 2);
}

TEST_CASE("an address in UTF-8 asks for SMTPUTF8, in its row alone") {
    auto const plan = plan_to("{{email}}");
    CHECK(plan.render({1, {"", "用户@例子.example"}, {}}).value().needs_smtputf8());
    CHECK_FALSE(plan.render({1, {"", "a@b.example"}, {}}).value().needs_smtputf8());
}
