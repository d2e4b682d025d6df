#include <set>

#include "merge_support.hpp"

TEST_CASE("hazard 128: a value that looks like a template is never read as one") {
    auto const plan = plan_of(letter());
    auto const octets = octets_of(plan, {1, {"{{code}}", "ann@example.net", "{{{{name}} {{{email}}}"}, {}});
    auto const parsed = mime::parse(octets);
    CHECK(parsed.root().value("Subject") == "{{code}}, your code");
    CHECK(parsed.root().value("To") == "{{code}} <ann@example.net>");
    CHECK(text_of(parsed.root()) == "Dear {{code}},\n\nyour code is {{{{name}} {{{email}}}.\n");
}

TEST_CASE("hazard 128: CR, LF, NUL and other controls in a header fail the row, and the next goes through") {
    auto mail = letter();
    mail.text("no holes");
    auto const plan = plan_of(mail);
    for (std::string_view bad :
         {std::string_view("Ann\r\nBcc: evil@example.net"), std::string_view("Ann\nX: y"), std::string_view("Ann\r"),
          std::string_view("A\0nn", 4), std::string_view("A\x1b[2Jnn"), std::string_view("A\x7Fnn")}) {
        auto const failure = failure_of(plan, {7, {bad, "ann@example.net", "c"}, {}});
        CHECK(failure.code == mime::errc::control_character);
        CHECK(failure.what.find("{{name}}") != std::string::npos);
        CHECK(failure.what.find_first_of(std::string_view("\r\n\0\x1b", 4)) == std::string::npos);
        CHECK(plan.render(ann()).has_value());
    }
}

TEST_CASE("hazard 128: a line break in a text value is a line break, never a header or a part") {
    auto mail = letter();
    mail.html("<p>{{code}}</p>").attach_data("a.bin", "x");
    auto const plan = plan_of(mail);
    auto const first = octets_of(plan, ann());
    auto const parsed_first = mime::parse(first);
    std::string const boundary = *parsed_first.root().content_type_field().find("boundary");
    auto const evil =
        "\r\n--" + boundary + "\r\nContent-Type: text/html\r\n\r\n<b>evil</b>\r\n--" + boundary + "--\r\n.\r\n";
    auto const octets = octets_of(plan, {1, {"Ann", "ann@example.net", evil}, {}});
    auto const parsed = mime::parse(octets);
    CHECK(parsed.part_count() == parsed_first.part_count());
    auto expected = "Dear Ann,\n\nyour code is " + evil + ".\n";
    std::erase(expected, '\r');
    CHECK(text_of(parsed.part(2)) == expected);
    CHECK(parsed.root().all_defects().empty());
}

TEST_CASE("hazard 128: HTML in a value stays text") {
    CHECK(filled_html("<p>{{x}}</p>", "<img src=x onerror=alert(1)>") == "<p>&lt;img src=x onerror=alert(1)&gt;</p>");
    CHECK(filled_html("<a title='{{x}}'>", "' onmouseover='alert(1)") == "<a title='&#39; onmouseover=&#39;alert(1)'>");
}

TEST_CASE("hazard 129: a row that lacks a value fails by name, and the run goes on") {
    auto const plan = plan_of(letter());
    auto const failure = failure_of(plan, {3, {"Ann", "ann@example.net", ""}, {}});
    CHECK(failure.code == mime::errc::missing_value);
    CHECK(failure.what == "{{code}} in the text, line 3 has no value");
    CHECK(failure_of(plan, {4, {"Ann", "ann@example.net"}, {}}).code == mime::errc::bad_data);
    CHECK(failure_of(plan, {5, {"Ann", "ann@example.net", "c", "d"}, {}}).code == mime::errc::bad_data);
    CHECK(failure_of(plan, {6, {"Ann", "ann@example.net", "c"}, "a quote too many"}).what == "a quote too many");
    CHECK(plan.envelope({4, {"Ann"}, {}}).error().code == mime::errc::bad_data);
    CHECK(plan.render(ann()).has_value());
}

TEST_CASE("hazard 129: a column that is not there is found before any row, with the hole and its place") {
    auto mail = letter();
    mail.text("Dear {{name}},\n{{cod}}");
    try {
        plan_of(mail);
        FAIL("a plan was made");
    } catch (mime::error const& wrong) {
        CHECK(wrong.code() == mime::errc::bad_hole);
        CHECK(std::string(wrong.what()).find("\"{{cod}}\" in the text, line 2 names no column") != std::string::npos);
    }
}

TEST_CASE("hazard 124: all rows share one boundary of 128 random bits, and no value can hold it") {
    auto mail = letter();
    mail.html("<p>{{code}}</p>");
    mime::merge_plan const plan(mail, letter_columns());
    std::set<std::string> boundaries;
    for (int i = 0; i < 100; ++i) {
        auto const code = std::to_string(i);
        auto const octets = octets_of(plan, {1, {"=_1." + code, "ann@example.net", "=_1." + code}, {}});
        boundaries.insert(*mime::parse(octets).root().content_type_field().find("boundary"));
    }
    CHECK(boundaries.size() == 1);
    CHECK(boundaries.begin()->size() >= 32);
}

TEST_CASE("a value that is not UTF-8 fails its row") {
    auto const plan = plan_of(letter());
    CHECK(failure_of(plan, {1, {"Ann", "ann@example.net", "\xE9"}, {}}).code == mime::errc::unencodable);
    CHECK(failure_of(plan, {1, {"\xE9", "ann@example.net", "c"}, {}}).code == mime::errc::unencodable);
}
