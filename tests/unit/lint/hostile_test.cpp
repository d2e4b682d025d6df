#include <ctime>
#include <functional>

#include <postrider/core/limits.hpp>

#include "examined.hpp"

using namespace lint_test;

namespace {

std::string repeated(std::string_view piece, std::size_t octets) {
    std::string text;
    while (text.size() < octets) text += piece;
    return text;
}

/// The least processor time of three tries, in seconds.
double time_of(std::string const& mail) {
    double least = 1e9;
    for (int i = 0; i < 3; ++i) {
        auto const begin = std::clock();
        examined(mail);
        least = std::min(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return least;
}

}  // namespace

TEST_CASE("hostile HTML, styles and headers take time in proportion to their length") {
    struct kind {
        char const* name;
        std::function<std::string(std::size_t)> mail;
    };
    kind const kinds[] = {
        {"open tags", [](std::size_t n) { return html(repeated("<div>", n)); }},
        {"end tags without begin", [](std::size_t n) { return html(repeated("<i>", 1000) + repeated("</b>", n)); }},
        {"attributes", [](std::size_t n) { return html("<p " + repeated("a=b ", n) + ">"); }},
        {"comment begins", [](std::size_t n) { return html(repeated("<!--", n)); }},
        {"raw text begins", [](std::size_t n) { return html(repeated("<script>", n)); }},
        {"quotes", [](std::size_t n) { return html("<p a=\"" + repeated("'<p a=\"", n)); }},
        {"entities", [](std::size_t n) { return html(repeated("&amp;&#x", n)); }},
        {"css braces", [](std::size_t n) { return html("<style>" + repeated("{", n)); }},
        {"css comments", [](std::size_t n) { return html("<style>" + repeated("/*", n)); }},
        {"css strings", [](std::size_t n) { return html("<p style=\"" + repeated("a:'", n) + "\">"); }},
        {"css brackets", [](std::size_t n) { return html("<style>p{a:" + repeated("(", n)); }},
        {"selectors", [](std::size_t n) { return html("<style>" + repeated("a>b.c:d ", n) + "{}</style>"); }},
        {"rules and their elements",
         [](std::size_t n) {
             return html("<style>" + repeated("p{color:red}*{color:red}", n / 2) + "</style>" + repeated("<p>", n / 2));
         }},
        {"selector lists",
         [](std::size_t n) { return html("<style>" + repeated("p,.a,", n) + "p{color:red}</style><p>"); }},
        {"classes",
         [](std::size_t n) { return html("<style>.a{color:red}</style><p class='" + repeated("a ", n) + "'>"); }},
        {"form feeds between classes",
         [](std::size_t n) { return html("<style>.a{color:red}</style><p class='" + repeated("\f", n) + "'>"); }},
        {"style elements", [](std::size_t n) { return html(repeated("<style>p{color:red}</style><p>", n)); }},
        {"cid references", [](std::size_t n) { return html("<p style='" + repeated("cid:", n) + "'>"); }},
        {"links", [](std::size_t n) { return html(repeated("<a href=http://a.example/>http://b.example</a>", n)); }},
        {"http in the text", [](std::size_t n) { return html("<p>a", repeated("http", n)); }},
        {"encoded-words", [](std::size_t n) { return plain("X: " + repeated("=?utf-8?q?=C3?= ", n) + "\n"); }},
        {"torsos", [](std::size_t n) { return plain("X: " + repeated("=?", n) + "\n"); }},
        {"torsos without end", [](std::size_t n) { return plain("X: " + repeated("=?utf-8?q?", n) + "\n"); }},
        {"words without end", [](std::size_t n) { return plain("X: " + repeated("=?utf-8?q?x", n) + "\n"); }},
        {"quotes in addresses", [](std::size_t n) { return with("To", "To: " + repeated("\"<", n) + "\n"); }},
        {"addresses", [](std::size_t n) { return with("To", "To: " + repeated("a@b.example,", n) + "\n"); }},
        {"fields", [](std::size_t n) { return plain(repeated("Subject: a\n", n)); }},
        {"bare LF", [](std::size_t n) { return plain() + repeated("\n", n); }},
    };
    for (auto const& one : kinds) {
        CAPTURE(one.name);
        constexpr std::size_t octets = 50'000, times = 8;
        auto const few = time_of(one.mail(octets)), many = time_of(one.mail(octets * times));
        CAPTURE(few);
        CAPTURE(many);
        // Twice the proportion, and what the clock cannot tell apart.
        CHECK(many < few * times * 2.5 + 0.02);
    }
}

TEST_CASE("many parts, each deep inside forwarded messages, take no more") {
    std::string mail = "From: a@example.com\r\n";
    for (int i = 0; i < 90; ++i) mail += "Content-Type: message/rfc822\r\n\r\n";
    mail += "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    for (int i = 0; i < 9000; ++i) mail += "--b\r\nContent-Type: text/html\r\n\r\n<p>\r\n";
    CHECK(time_of(mail) < 5);
}

TEST_CASE("no octets at all, and octets of no sense, get a report") {
    CHECK(level_of(examined(""), "from-present") == "error");
    CHECK(level_of(examined(std::string(1000, '\0')), "nul-octets") == "error");
    std::string all;
    for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
    CHECK(examined(all + "\r\n\r\n" + all).findings.size() > 10);
}

TEST_CASE("a fault that is there a thousand times is one finding with a few places") {
    std::string images;
    for (int i = 0; i < 1000; ++i) images += "<img src=cid:a>";
    auto const report = examined(html(images));
    auto const* found = report.find("image-alt");
    CHECK(found->count == 1000);
    CHECK(found->places.size() == limits::lint_places);
}
