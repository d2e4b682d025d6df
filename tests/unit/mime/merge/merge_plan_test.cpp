#include <algorithm>
#include <memory>
#include <postrider/mime/kinds.hpp>
#include <random>

#include "merge_support.hpp"

namespace {

std::string const long_paragraph =
    "Thank you for being with us for so long; this paragraph is the same for everybody and long enough to be shared. ";

/// The classic's shape, each body with holes at its beginning, in the middle and at its end.
mime::message classic(bool chinese) {
    mime::message mail;
    mail.from("Shop <shop@example.com>").subject(chinese ? "{{name}}，您的代码" : "{{name}}, your code {{code}}");
    mail.set_field({"To", mime::merge_addresses("{{name}} <{{email}}>")});
    mail.header("X-Code", "{{code}}");
    std::string const more =
        chinese ? "本月我们完成了服务器迁移与测试，下一步是验收，请查看附件中的报告并回复意见。" : long_paragraph;
    mail.text("{{name}}:\r\n" + more + "{{code}}\n" + more + more + "\n{{code}} \nFrom {{name}}\n." + more +
              "{{name}}");
    mail.html("<p>{{name}}</p><p title=\"{{code}}\">" + more + "</p>" + more +
              "<a href=\"https://x.example/?c={{code}}\">" + more + "</a>\n<img src=\"cid:one\">");
    mail.inline_data("one", std::string(5000, 'p'), "image/png", "one.png");
    mail.attach_data("terms.pdf", std::string(20'000, 'q'));
    return mail;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// What one row makes of a template's text when somebody does it by hand.
std::string by_hand(std::string text, std::vector<std::pair<std::string, std::string>> const& values) {
    // In two steps, so that no value is taken for a hole.
    for (std::size_t i = 0; i < values.size(); ++i)
        text =
            replaced(std::move(text), "{{" + values[i].first + "}}", std::string("\x01") + std::to_string(i) + '\x02');
    for (std::size_t i = 0; i < values.size(); ++i)
        text = replaced(std::move(text), std::string("\x01") + std::to_string(i) + '\x02', values[i].second);
    return text;
}

std::string html_escaped(std::string text) {
    text = replaced(std::move(text), "&", "&amp;");
    text = replaced(std::move(text), "<", "&lt;");
    text = replaced(std::move(text), ">", "&gt;");
    text = replaced(std::move(text), "\"", "&quot;");
    return replaced(std::move(text), "'", "&#39;");
}

/// One message for one row, composed by itself.
mime::message composed(mime::message const& with_holes, std::string const& name, std::string const& email,
                       std::string const& code) {
    std::vector<std::pair<std::string, std::string>> const plain{{"name", name}, {"email", email}, {"code", code}};
    mime::message mail;
    mail.from("Shop <shop@example.com>").subject(by_hand(with_holes["Subject"], plain));
    mail.to(mime::mailbox{name, email});
    mail.header("X-Code", code);
    mail.text(by_hand(with_holes.text_body()->octets, plain));
    mail.html(by_hand(with_holes.html_body()->octets, {{"name", html_escaped(name)}, {"code", html_escaped(code)}}));
    mail.inline_data("one", std::string(5000, 'p'), "image/png", "one.png");
    mail.attach_data("terms.pdf", std::string(20'000, 'q'));
    return mail;
}

/// Everything a reader sees, but for identifiers and how it travelled.
std::string as_read(std::string_view octets) {
    auto const parsed = mime::parse(octets);
    std::string all;
    for (auto const* name : {"From", "To", "Subject", "X-Code", "Date", "MIME-Version"})
        all += std::string(name) + ": " + parsed.root().value(name).value_or("-") + "\n";
    for (std::size_t i = 0; i < parsed.part_count(); ++i) {
        auto const part = parsed.part(i);
        CHECK(part.all_defects().empty());
        all += part.content_type() + ' ' + part.filename().value_or("-") + ' ' + part.content_id().value_or("-") + '\n';
        if (part.is_container()) continue;
        all += part.is_text() ? text_of(part) : std::string(part.content().octets());
        all += "\n";
    }
    return all;
}

std::string random_value(std::mt19937& random, bool in_header) {
    static std::vector<std::string> const pieces{"a",
                                                 "B",
                                                 " ",
                                                 "  ",
                                                 "é",
                                                 "张",
                                                 "🙂",
                                                 "{{name}}",
                                                 "{{{{",
                                                 "}}",
                                                 "<b>",
                                                 "&amp;",
                                                 "\"",
                                                 "'",
                                                 "=",
                                                 "=?utf-8?q?x?=",
                                                 ".",
                                                 "From ",
                                                 "--",
                                                 "=_1",
                                                 ",",
                                                 ";",
                                                 "\\",
                                                 "%",
                                                 "\t",
                                                 "0123456789abcdefghijklmnopqrstuvwxyz",
                                                 "supercalifragilistic",
                                                 "@",
                                                 "/"};
    static std::vector<std::string> const line_ends{"\n", "\r\n", "\n.\n", "\nFrom x"};
    std::string value = "v";
    for (auto left = random() % 12; left > 0; --left) {
        value += pieces[random() % pieces.size()];
        if (!in_header && random() % 6 == 0) value += line_ends[random() % line_ends.size()];
    }
    return value;
}

bool same_owner_as_before(mime::wire const& a, mime::wire const& b, std::size_t& shared_octets) {
    shared_octets = 0;
    for (auto const& piece : a.pieces()) {
        auto const* one = std::get_if<mime::wire::shared_piece>(&piece);
        if (!one) continue;
        for (auto const& other : b.pieces())
            if (auto const* twin = std::get_if<mime::wire::shared_piece>(&other))
                if (twin->octets.data() == one->octets.data()) shared_octets += one->octets.size();
    }
    return shared_octets > 0;
}

}  // namespace

TEST_CASE("a row's message is what the same message composed by itself is") {
    std::mt19937 random(20261121);
    for (bool const chinese : {false, true}) {
        auto const with_holes = classic(chinese);
        auto const plan = plan_of(with_holes);
        for (int i = 0; i < 300; ++i) {
            auto const name = random_value(random, true), code = random_value(random, true);
            auto const email = "u" + std::to_string(i) + "@example.net";
            CAPTURE(name);
            CAPTURE(code);
            auto link = with_holes;  // in a URL a value is percent-encoded, which is tested with the places of HTML
            auto expected = as_read(rendered(composed(with_holes, name, email, code)));
            auto found = as_read(octets_of(plan, {1, {name, email, code}, {}}));
            auto const without_link = [](std::string text) {
                auto const begin = text.find("/?c=");
                return text.erase(begin, text.find("\">", begin) - begin);
            };
            REQUIRE(without_link(found) == without_link(expected));
        }
    }
}

TEST_CASE("a value's line breaks stay line breaks, in either encoding and wherever the lines end") {
    std::mt19937 random(7);
    for (bool const chinese : {false, true}) {
        for (int i = 0; i < 300; ++i) {
            std::string text = chinese ? "请查看附件中的报告并回复意见" : "";
            for (auto left = random() % 6; left > 0; --left) {
                text += std::string(random() % 130, chinese ? 'z' : 'y') + (random() % 2 ? "\n" : " ");
                text += "{{x}}";
                if (random() % 3 == 0) text += "\n";
            }
            text += "{{x}}.";
            mime::message mail;
            mail.from("a@example.com").to("b@example.net").text(text);
            auto const value = random_value(random, false);
            CAPTURE(text);
            CAPTURE(value);
            auto expected = replaced(by_hand(text, {{"x", value}}), "\r\n", "\n");
            auto found = filled(mail, value);
            while (found.ends_with('\n')) found.pop_back();
            while (expected.ends_with('\n')) expected.pop_back();
            REQUIRE(found == expected);
        }
    }
}

TEST_CASE("no line of a row is longer than 998 octets, nor of its bodies than 76") {
    auto const plan = plan_of(classic(false));
    std::string const endless(5000, 'x');
    auto const octets = octets_of(plan, {1, {endless, "ann@example.net", endless}, {}});
    for (std::size_t begin = 0, end; (end = octets.find("\r\n", begin)) != octets.npos; begin = end + 2)
        REQUIRE(end - begin <= 78);
}

TEST_CASE("rows share what they have in common, and copy none of it") {
    auto const plan = plan_of(classic(false));
    auto const one = plan.render(ann()).value();
    auto const other = plan.render({2, {"Bob", "bob@example.net", "Y-18"}, {}}).value();
    std::size_t shared = 0;
    REQUIRE(same_owner_as_before(one, other, shared));
    CHECK(one.size() - shared < 1000);
    CHECK(shared > 25'000 * 4 / 3);
}

TEST_CASE("a row outlives its plan") {
    auto wire = plan_of(letter()).render(ann()).value();
    auto const octets = wire.str().value();
    CHECK(octets.find("X-17") != octets.npos);
}

TEST_CASE("a copy and a reader outlive the row") {
    auto row = std::make_unique<mime::wire>(plan_of(letter()).render(ann()).value());
    auto const octets = row->str().value();
    auto const copy = *row;
    auto const reader = row->reader();
    row.reset();
    CHECK(copy.str().value() == octets);
    std::vector<std::string_view> some;
    CHECK_FALSE(reader->next(some, octets.size()));
    std::string read;
    for (auto const piece : some) read += piece;
    CHECK(read == octets);
}

TEST_CASE("the same row gives the same octets, another row another Message-ID") {
    auto const plan = plan_of(letter());
    CHECK(octets_of(plan, ann()) == octets_of(plan, ann()));
    auto const id = plan.render(ann()).value().message_id();
    CHECK(id.starts_with('<'));
    CHECK(id.ends_with("@example.com>"));
    CHECK(octets_of(plan, ann()).find("Message-ID: " + id + "\r\n") != std::string::npos);
    auto row = ann();
    row.number = 2;
    CHECK(plan.render(row).value().message_id() != id);
    row = ann();
    row.values[2] = "X-18";
    CHECK(plan.render(row).value().message_id() != id);
    CHECK(mime::merge_plan(letter(), letter_columns()).render(ann()).value().message_id() != id);
}

TEST_CASE("a template's own identifier and date count") {
    auto mail = letter();
    mail.message_id("{{code}}@example.com").date(std::chrono::sys_seconds{}, {});
    auto const wire = plan_of(mail).render(ann()).value();
    CHECK(wire.message_id() == "<X-17@example.com>");
    CHECK(field_of(wire.str().value(), "Date") == "Thu, 01 Jan 1970 00:00:00 +0000");
    auto constant = letter();
    constant.message_id("one@example.com");
    CHECK(plan_of(constant).render(ann()).value().message_id() == "<one@example.com>");
}

TEST_CASE("a plan's date can be moved on") {
    auto plan = plan_of(letter());
    CHECK(field_of(octets_of(plan, ann()), "Date") == "Fri, 20 Nov 2026 10:31:12 +0800");
    plan.date(std::chrono::sys_seconds{}, {});
    CHECK(field_of(octets_of(plan, ann()), "Date") == "Thu, 01 Jan 1970 00:00:00 +0000");
}

TEST_CASE("holes stand in parameters, identifiers and URLs too") {
    auto mail = letter();
    mail.header("List-Unsubscribe", "<https://example.com/leave?who={{email}}&c={{code}}>, <mailto:leave@example.com>");
    mail.attach_data("{{name}}.pdf", "x");
    auto const parsed_octets = octets_of(plan_of(mail), {1, {"张伟", "a+b@example.net", "X"}, {}});
    auto const parsed = mime::parse(parsed_octets);
    CHECK(parsed.root().value("List-Unsubscribe") ==
          "<https://example.com/leave?who=a%2Bb%40example.net&c=X>, <mailto:leave@example.com>");
    CHECK(parsed.part(2).filename() == "张伟.pdf");
    auto whole = letter();
    whole.header("List-Unsubscribe", "<{{code}}>");
    CHECK(mime::parse(octets_of(plan_of(whole), {1, {"n", "a@b.example", "https://x.example/?a=b&c"}, {}}))
              .root()
              .value("List-Unsubscribe") == "<https://x.example/?a=b&c>");
    CHECK(failure_of(plan_of(whole), {1, {"n", "a@b.example", "x>,<mailto:evil"}, {}}).code ==
          mime::errc::bad_field_body);
}

TEST_CASE("fallbacks stand in for empty values, in every place") {
    mime::message mail;
    mail.from("a@example.com").subject("Dear {{name|friend}}").text("{{code|}}|{{name|you & me}}|");
    mail.set_field({"To", mime::merge_addresses("{{name|}} <{{email|nobody@example.net}}>")});
    auto const octets = octets_of(plan_of(mail), {1, {"", "", ""}, {}});
    auto const parsed = mime::parse(octets);
    CHECK(parsed.root().value("Subject") == "Dear friend");
    CHECK(parsed.root().value("To") == "nobody@example.net");
    CHECK(text_of(parsed.root()) == "|you & me|\n");
}

TEST_CASE("a template without holes, or with braces alone, is the same for all") {
    mime::message mail;
    mail.from("a@example.com").to("b@example.net").subject("{{{{x}}").text("{{{{x}} and } {");
    auto const parsed_octets = octets_of(plan_of(mail, {}), {1, {}, {}});
    auto const parsed = mime::parse(parsed_octets);
    CHECK(parsed.root().value("Subject") == "{{x}}");
    CHECK(text_of(parsed.root()) == "{{x}} and } {\n");
    mime::message plain;
    plain.from("a@example.com").to("b@example.net").text("x");
    CHECK(body_of(octets_of(plan_of(plain, {}), {1, {}, {}})) == "x\r\n");
}

TEST_CASE("values are written in the template's charset, or fail their row") {
    mime::message mail;
    mail.from("a@example.com").to("b@example.net").text("报告：{{x}}", "gb2312");
    CHECK(filled(mail, "张伟\n好") == "报告：张伟\n好");
    auto const plan = plan_of(mail, {"x"});
    CHECK(failure_of(plan, {1, {"🙂"}, {}}).code == mime::errc::unencodable);
    mail.text("{{x}}", "utf-16");
    CHECK(thrown([&] { plan_of(mail, {"x"}); }) == mime::errc::bad_hole);
}

TEST_CASE("a wish for a transfer encoding is granted where any value can travel so") {
    auto part = mime::text("{{x}}");
    mime::encode_base64(part);
    part.from("a@example.com").to("b@example.net");
    CHECK(octets_of(plan_of(part, {"x"}), {1, {"abc"}, {}}).ends_with("\r\n\r\nYWJj\r\n"));
    mime::encode_7or8bit(part);
    CHECK(thrown([&] { plan_of(part, {"x"}); }) == mime::errc::bad_encoding);
}

TEST_CASE("an attached text and an enclosed message are no templates") {
    auto mail = letter();
    auto attached = mime::text("{{nothing}}");
    attached.add_header("Content-Disposition", "attachment", {{"filename", "a.txt"}});
    mail.attach(attached);
    mime::message inner;
    inner.from("x@example.com").subject("{{nothing}}").text("{{nothing}}");
    mail.attach(mime::rfc822(inner));
    auto const octets = octets_of(plan_of(mail), ann());
    auto const parsed = mime::parse(octets);
    CHECK(text_of(parsed.part(2)) == "{{nothing}}");
    CHECK(parsed.part(4).value("Subject") == "{{nothing}}");
}

TEST_CASE("a source that is attached is read by no plan and by no row") {
    auto const source = memory_source(std::string(3'000'000, 's'));
    auto mail = letter();
    mail.attach_data("big.bin", source);
    auto const users = source.use_count();
    auto const plan = plan_of(mail);
    auto const wire = plan.render(ann()).value();
    CHECK(source.use_count() > users);
    CHECK(wire.size() > 4'000'000);
    CHECK(wire.str().value().size() == wire.size());
}

TEST_CASE("a template tells what holes it has") {
    auto mail = classic(false);
    mail.header("X-More", "{{code|none}}");
    std::vector<std::string> names;
    for (auto const& one : mime::merge_holes(mail)) names.push_back(one.name + (one.has_fallback ? "?" : ""));
    std::ranges::sort(names);
    CHECK(names == std::vector<std::string>{"code", "email", "name"});
}

TEST_CASE("a plan without recipients has no envelope to give, and one without an author is none") {
    mime::message mail;
    mail.from("a@example.com").text("{{x}}");
    CHECK(thrown([&] { (void)plan_of(mail, {"x"}).envelope({1, {"v"}, {}}); }) == mime::errc::no_recipient);
    mime::message nobody;
    nobody.to("a@example.com").text("{{x}}");
    CHECK(thrown([&] { plan_of(nobody, {"x"}); }) == mime::errc::missing_sender);
}
