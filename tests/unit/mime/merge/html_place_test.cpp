#include "html_place.hpp"
#include "merge_support.hpp"

using mime::merge::html_place;

namespace {

html_place place_behind(std::string_view html) {
    mime::merge::html_scanner scanner;
    scanner.read(html);
    return scanner.take_value();
}

mime::errc refusal(std::string html) {
    mime::message mail;
    mail.from("a@example.com").to("b@example.net").html(std::move(html));
    return thrown([&] { plan_of(mail, {"x"}); });
}

}  // namespace

TEST_CASE("an HTML text's places are told apart as browsers do") {
    struct row {
        std::string_view html;
        html_place place;
    };
    row const rows[] = {
        {"", html_place::text},
        {"<p>", html_place::text},
        {"<p class='x'>a < b ", html_place::text},
        {"<!-- ", html_place::text},
        {"<!-- > <a href='", html_place::text},
        {"<!--> <a title='", html_place::attribute_value},
        {"<!DOCTYPE html><p>", html_place::text},
        {"<!DOCTYPE ", html_place::markup},
        {"<?xml ", html_place::markup},
        {"<title>a <b ", html_place::text},
        {"<", html_place::markup},
        {"<a", html_place::markup},
        {"</a", html_place::markup},
        {"<a ", html_place::markup},
        {"<a b", html_place::markup},
        {"<a b ", html_place::markup},
        {"<a b=", html_place::unquoted_value},
        {"<a b = x", html_place::unquoted_value},
        {"<a b='", html_place::attribute_value},
        {"<a b=\"it's ", html_place::attribute_value},
        {"<a b='x'c=\"", html_place::attribute_value},
        {"<a b=c>", html_place::text},
        {"<a title='>' href='", html_place::url_begin},
        {"<A HREF=\" ", html_place::url_begin},
        {"<a href='https://x/?c=", html_place::url_inside},
        {"<img/src='", html_place::url_begin},
        {"<p style='color:", html_place::code},
        {"<p onclick='", html_place::code},
        {"<script>", html_place::code},
        {"<script>if (a < b) \"</scripts>\"", html_place::code},
        {"<script>x</SCRIPT ><p>", html_place::text},
        {"<style>p{}</style>", html_place::text},
        {"<style>", html_place::code},
    };
    for (auto const& row : rows) {
        CAPTURE(row.html);
        CHECK(place_behind(row.html) == row.place);
    }
}

TEST_CASE("a value in HTML stays inside its place") {
    constexpr std::string_view evil = "<script>&\"'>";
    CHECK(filled_html("<p>{{x}}</p>", evil) == "<p>&lt;script&gt;&amp;&quot;&#39;&gt;</p>");
    CHECK(filled_html("<p title=\"{{x}}\">", evil) == "<p title=\"&lt;script&gt;&amp;&quot;&#39;&gt;\">");
    CHECK(filled_html("<a href='https://x/{{x}}'>", "a b&c=d/é") == "<a href='https://x/a%20b%26c%3Dd%2F%C3%A9'>");
    CHECK(filled_html("<a href=\"{{x}}\">", "https://x/?a=b&c=d") == "<a href=\"https://x/?a=b&amp;c=d\">");
    CHECK(filled_html("<a href=\"{{x}}\">", "/path:x") == "<a href=\"/path:x\">");
    CHECK(filled_html("<p>{{{x}}}</p>", "<b>&amp;</b>") == "<p><b>&amp;</b></p>");
    CHECK(filled_html("<style>p{color:{{{x}}}}</style>", "red") == "<style>p{color:red}</style>");
}

TEST_CASE("a link whose value is a script fails its row") {
    mime::message mail;
    mail.from("a@example.com").to("b@example.net").html("<a href='{{x}}'>");
    auto const plan = plan_of(mail, {"x"});
    for (std::string_view bad : {"javascript:alert(1)", "JaVaScript:x", "data:text/html,x", "vbscript:x",
                                 " javascript:x", "java\nscript:x", "\x01javascript:x", "file:///etc/passwd"})
        CHECK(failure_of(plan, {1, {bad}, {}}).code == mime::errc::bad_field_body);
}

TEST_CASE("a hole where no value is safe is refused when the plan is made") {
    for (auto const* bad :
         {"<a href={{x}}>", "<{{x}}>", "<a {{x}}>", "<a {{x}}='y'>", "<script>{{x}}</script>", "<style>{{x}}</style>",
          "<p style=\"{{x}}\">", "<p onclick='{{x}}'>", "</{{x}}>", "<!{{x}}>"})
        CHECK(refusal(bad) == mime::errc::bad_hole);
}
