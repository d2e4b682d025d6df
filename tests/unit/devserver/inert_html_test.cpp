#include "inert_html.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using postrider::devserver::inert_html;

namespace {

constexpr std::string_view outward = " target=\"_blank\" rel=\"noopener noreferrer\"";

std::string link_to(std::string_view address, std::string_view more = "") {
    return "<a href=\"" + std::string(address) + "\"" + std::string(outward) + std::string(more) + ">";
}

}  // namespace

TEST_CASE("hazard 184: elements that let a browser connect before it may have other names") {
    for (auto [html, expected] : {
             std::pair{"<iframe src=x></iframe>", "<mail-iframe src=x></mail-iframe>"},
             {"<IFrame\n src=x>", "<mail-IFrame\n src=x>"},
             {"<iframe/src=x>", "<mail-iframe/src=x>"},
             {"<frameset><frame src=x></frameset>", "<frameset><mail-frame src=x></frameset>"},
             {"<object data=x>y</object>", "<mail-object data=x>y</mail-object>"},
             {"<embed src=x><portal src=x>", "<mail-embed src=x><mail-portal src=x>"},
             {"<link rel=preconnect href=x>", "<meta rel=preconnect href=x>"},
             {"<math href=x></math>", "<mail-math href=x></mail-math>"},
             {"<animate attributeName=href to=x /><set to=x>",
              "<mail-animate attributeName=href to=x /><mail-set to=x>"},
             {"<!-- <iframe> -->", "<!-- <mail-iframe> -->"},
         })
        CHECK(inert_html(html) == expected);
}

TEST_CASE("other HTML stays as it is") {
    for (auto html :
         {"", "<", "</", "</>", "<p>a < b</p>", "<links>", "<iframes>", "< iframe>", "iframe", "<frameset>",
          "<abbr href=x>", "<!doctype html>", "<!--[if mso]><v:rect><![endif]-->", "<svg><linearGradient></svg>",
          "</a>", "<p title='>'>\xe9\x82\xae<b>\xe4\xbb\xb6</b>", "<style>a > b {}</style>"})
        CHECK(inert_html(html) == html);
}

TEST_CASE("a link to the web or to a mail address opens a window of its own that knows nothing of this one") {
    CHECK(inert_html("<a href='https://a.example/?x=1&amp;y=2'>x</a>") ==
          link_to("https://a.example/?x=1&amp;y=2") + "x</a>");
    CHECK(inert_html("<A HREF=HTTP://a.example>") == "<A" + link_to("HTTP://a.example").substr(2));
    CHECK(inert_html("<a href=\"\n https:&#x2F;&#47;a.example\">") == link_to("https://a.example"));
    CHECK(inert_html("<a href=mailto:ann@example.com>") == link_to("mailto:ann@example.com"));
    CHECK(inert_html(
              "<a class=b style='color:red' href=http://a target=_top rel=opener ping=http://t download onclick=x>") ==
          link_to("http://a", " class=\"b\" style=\"color:red\" onclick=\"x\""));
}

TEST_CASE("a link to a place in the same document stays there, whatever the base says") {
    CHECK(inert_html("<a href='#top' target=_top>") == "<a href=\"#top\" target=\"_self\">");
    CHECK(inert_html("<a name=top></a>") == "<a name=\"top\"></a>");
}

TEST_CASE("hazard 182: what leads elsewhere than to the web leads nowhere") {
    for (auto href : {"javascript:x",
                      "jAvAsCrIpT:x",
                      "java\tscript:x",
                      "&#106;avascript:x",
                      "javascript&colon;x",
                      "\x01javascript:x",
                      "data:text/html,x",
                      "blob:x",
                      "file:///etc/passwd",
                      "vbscript:x",
                      "view-source:http://a",
                      "filesystem:http://a",
                      "about:blank",
                      "ftp://a",
                      "tel:1",
                      "intent://a",
                      "//a.example",
                      "/api/v1/messages",
                      "x",
                      "",
                      "?x",
                      "http:a",
                      "http:/a",
                      "ht\ntp://a",
                      "http",
                      "https:\\\\a",
                      "\xe3\x80\x80http://a"}) {
        CAPTURE(href);
        CHECK(inert_html("<a href=\"" + std::string(href) + "\" id=x>") == "<a id=\"x\">");
        CHECK(inert_html("<area href=\"" + std::string(href) + "\">") == "<area>");
    }
    CHECK(inert_html("<area shape=default href=http://a target=_top>") == "<area shape=\"default\">");
    CHECK(inert_html("<svg><a xlink:href=javascript:x><text>y</text></a></svg>") == "<svg><a><text>y</text></a></svg>");
    CHECK(inert_html("<a href=x href=http://a>") == "<a>");  // the first of one name counts
    CHECK(inert_html("<a href=http://a href=javascript:x>") == link_to("http://a"));
    CHECK(inert_html("<a hr<ef=http://a hr\"ef=y>") == "<a>");
}

TEST_CASE("hazard 182: what tags a browser may see where none seemed to stand went through here too") {
    // In a value, an attribute's name, a tag's name, a comment, a style, behind quotes that do not end.
    CHECK(inert_html("<p title='<a href=javascript:x>'>") == "<p title='&lt;a href=javascript:x>'>");
    CHECK(inert_html("<a title='\"><a href=javascript:x>'>") == "<a title=\"&quot;>&lt;a href=javascript:x>\">");
    CHECK(inert_html("<a href='http://\"><a href=javascript:x>'>") ==
          link_to("http://&quot;>&lt;a href=javascript:x>"));
    CHECK(inert_html("<p<a href=javascript:x>") == "<p&lt;a href=javascript:x>");
    CHECK(inert_html("<!-- <p title=\"--><a href=javascript:x>\">") ==
          "<!-- <p title=\"-->&lt;a href=javascript:x>\">");
    CHECK(inert_html("<style><a href=javascript:x></style>") == "<style><a></style>");
    CHECK(inert_html("<<a href=javascript:x>") == "<<a>");
    CHECK(inert_html("b <a href=\"http://a <a href=x") == "b &lt;a href=\"http://a &lt;a href=x");
    CHECK(inert_html("</a href=javascript:x>") == "</a href=javascript:x>");
    CHECK(inert_html(std::string("<a\0 href=javascript:x>", 22)) ==
          std::string("<a\0 href=javascript:x>", 22));  // no a: its name ends in U+FFFD
}

TEST_CASE("a million brackets take no longer than a million letters") {
    std::string many;
    for (int i = 0; i < 200'000; ++i) many += "<a x='";
    CHECK(inert_html(many).size() > many.size());
}
