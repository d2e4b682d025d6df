#include "examined.hpp"
#include "lookalike.hpp"
#include "url.hpp"

using namespace lint_test;

namespace {

std::string link_to(std::string_view href, std::string_view text = "here") {
    return html("<p>Good morning.</p><a href=\"" + std::string(href) + "\">" + std::string(text) + "</a>");
}

std::string const good = link_to("https://example.com/a");

}  // namespace

TEST_CASE("links are well-formed and have a target") {
    for (auto const* bad : {"http:example.com", "https://", "https://exa mple.com/", "www.example.com/a",
                            "https://a:9x/", "https://[::1/"})
        finds("link-form", link_to(bad), good);
    for (auto const* bad : {"", "#", "  "}) finds("link-target", link_to(bad), good);
    CHECK(level_of(examined(html("<a name=top></a>")), "link-target").empty());
}

TEST_CASE("links are of a scheme that mail programs follow, and https") {
    for (auto const* bad :
         {"javascript:alert(1)", "JavaScript:x", "file:///etc/passwd", "data:text/html,x", "ftp://example.com/"})
        finds("link-scheme", link_to(bad), good);
    finds("link-https", link_to("http://example.com/"), good);
}

TEST_CASE("a link leads where its text says") {
    finds("link-text", link_to("https://evil.example/", "https://bank.example/login"), link_to("https://example.com/"));
    finds("link-text", link_to("https://evil.example/", "www.bank.com"),
          link_to("https://click.bank.com/", "www.bank.com"));
    CHECK(level_of(examined(link_to("https://evil.example/", "report.pdf")), "link-text") == "pass");
    CHECK(level_of(examined(link_to("https://evil.example/", "Good. Morning")), "link-text") == "pass");
}

TEST_CASE("a link's host is a name, and no other's") {
    for (auto const* bad : {"http://192.0.2.1/", "http://[2001:db8::1]/", "http://2130706433/", "http://0x7f000001/"})
        finds("link-ip", link_to(bad), good);
    finds("link-shortener", link_to("https://bit.ly/abc"), good);
    finds("link-length", link_to("https://example.com/" + std::string(2000, 'a')), good);
    finds("link-punycode", link_to("https://xn--pple-43d.com/"), good);
    finds("link-user-info", link_to("https://bank.example@evil.example/"), good);
}

TEST_CASE("letters of one alphabet are no trick, mixed ones are") {
    CHECK(lint::is_lookalike("\u0430pple.com"));                // Cyrillic a
    CHECK(lint::is_lookalike("\u0430\u0440\u0440\u0435.com"));  // all Cyrillic, all like Latin
    CHECK_FALSE(lint::is_lookalike("пример.example"));
    CHECK_FALSE(lint::is_lookalike("例子.example"));
    CHECK_FALSE(lint::is_lookalike("xn--mnchen-3ya.example"));
    CHECK_FALSE(lint::is_lookalike("example.com"));
    CHECK_FALSE(lint::is_lookalike(""));
}

TEST_CASE("mailto: names addresses") {
    auto const fine = link_to("mailto:ann@example.com?subject=a%20b");
    for (auto const* bad :
         {"mailto:", "mailto:ann", "mailto:ann@example.com,", "mailto:a@b@c", "mailto:ann@example.com?x"})
        finds("link-mailto", link_to(bad), fine);
    CHECK(level_of(examined(link_to("mailto:?to=ann@example.com")), "link-mailto") == "pass");
}

TEST_CASE("bulk mail shows how to unsubscribe") {
    std::string const list = "List-Id: <news.example.com>\n";
    finds("link-unsubscribe", html("<a href='https://example.com/'>a</a>", "a\n", list),
          html("<a href='https://example.com/x'>Unsubscribe</a>", "a\n", list));
    CHECK(level_of(examined(good), "link-unsubscribe").empty());
}

TEST_CASE("links are followed where the caller can, each once, and only web links") {
    lint::outside calls;
    std::vector<std::string> asked;
    calls.links = [&](std::vector<std::string> const& urls) {
        asked = urls;
        return std::vector<lint::link_answer>{{urls[0], 404, 0, urls[0], {}},
                                              {urls[1], 200, 1, "https://other.example/", {}}};
    };
    auto const mail = html(
        "<a href='https://example.com/a'>a</a><a href='https://example.com/a'>a</a><a "
        "href='https://example.com/b'>b</a>"
        "<a href='mailto:a@example.com'>m</a>");
    auto const report = examined(mail, {}, calls);
    CHECK(asked == std::vector<std::string>{"https://example.com/a", "https://example.com/b"});
    CHECK(report.find("link-reachable")->detail().find("the answer is 404") != std::string::npos);
    CHECK(report.find("link-redirects")->detail().find("https://other.example/") != std::string::npos);
    calls.links = [](std::vector<std::string> const& urls) {
        return std::vector<lint::link_answer>{{urls[0], 200, 1, "https://www.example.com/", {}}};
    };
    auto const fine = examined(mail, {}, calls);
    CHECK(level_of(fine, "link-reachable") == "pass");
    CHECK(level_of(fine, "link-redirects") == "pass");
    CHECK(level_of(examined(mail), "link-reachable").empty());
}

TEST_CASE("a URL comes apart as browsers see it") {
    auto const pieces = lint::take_apart("HTTPS://user:pw@Ex%41mple.com:8443/a?b#c");
    REQUIRE(pieces);
    CHECK(pieces->scheme == "https");
    CHECK(pieces->user == "user:pw");
    CHECK(pieces->host == "example.com");
    CHECK(pieces->port == "8443");
    CHECK(pieces->rest == "/a?b#c");
    CHECK_FALSE(lint::take_apart("https://a\nb/"));
    CHECK_FALSE(lint::take_apart(""));
    CHECK(lint::percent_decoded("a%20b%2") == "a b%2");
}
