#include <algorithm>
#include <set>

#include "data/caniemail.hpp"
#include "examined.hpp"
#include "feature_names.hpp"

using namespace lint_test;

namespace {

std::set<std::string> features_of(std::string_view body) {
    std::set<std::string> ids;
    for (auto const& one : examined(html(body)).features) ids.emplace(one.id);
    return ids;
}

bool holds(std::vector<std::string> const& list, std::string_view title) {
    return std::find(list.begin(), list.end(), title) != list.end();
}

lint::client_support const& client(lint::report const& report, std::string_view name, std::string_view platform) {
    return *std::find_if(report.clients.begin(), report.clients.end(),
                         [&](auto const& one) { return one.name == name && one.platform == platform; });
}

}  // namespace

TEST_CASE("the table is whole: ids in order, a letter for each client") {
    auto const all = lint::known_features();
    CHECK(all.size() > 250);
    CHECK(std::is_sorted(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.id < b.id; }));
    for (auto const& one : all) {
        CHECK(one.support.size() == lint::known_clients().size());
        CHECK(one.support.find_first_not_of("yanu") == one.support.npos);
    }
}

TEST_CASE("elements, attributes and styles are found by the names of caniemail.com") {
    CHECK(features_of("<video src=a.mp4></video>").contains("html-video"));
    CHECK(features_of("<section>a</section>").contains("html-semantics"));
    CHECK(features_of("<h2 align=left>a</h2>") == std::set<std::string>{"html-align", "html-h1-h6"});
    CHECK(features_of("<input type=checkbox>").contains("html-input-checkbox"));
    CHECK(features_of("<a href=#b>a</a>").contains("html-anchor-links"));
    CHECK(features_of("<!DOCTYPE html><!-- a --><p>a") ==
          std::set<std::string>{"html-comments", "html-doctype", "html-p"});
    CHECK(features_of("<p style='display:flex;margin-top:calc(1em + 2vw)!important'>a</p>") ==
          std::set<std::string>{"css-display", "css-display-flex", "css-important", "css-margin", "css-unit-calc",
                                "css-unit-em", "css-unit-vw", "html-p"});
    CHECK(features_of("<img src=a.webp?x=1 alt=''>").contains("image-webp"));
    CHECK(features_of("<img src='data:image/svg+xml;base64,AA'>") ==
          std::set<std::string>{"html-img", "image-base64", "image-svg"});
}

TEST_CASE("selectors and at-rules of a style sheet are found") {
    auto const used = features_of(
        "<style>@media (prefers-color-scheme: dark) { a:hover > b.c.d, #e ~ [f] { color: red } }\n"
        "@font-face { font-family: x } p::first-line { --v: 1 } q { & r { top: 1px } }</style>");
    for (auto const* id :
         {"css-at-media", "css-at-media-prefers-color-scheme", "css-at-font-face", "css-pseudo-class-hover",
          "css-selector-child", "css-selector-chaining", "css-selector-grouping", "css-selector-id",
          "css-selector-general-sibling", "css-selector-attribute", "css-pseudo-element-first-line", "css-variables",
          "css-nesting", "css-left-right-top-bottom", "html-style"}) {
        CAPTURE(id);
        CHECK(used.contains(id));
    }
}

TEST_CASE("each name that our tables lead to stands in the table of facts") {
    std::set<std::string, std::less<>> known;
    for (auto const& one : lint::known_features()) known.emplace(one.id);
    for (auto const* id :
         {"amp", "css-display-none", "css-function-clamp", "css-sytem-ui", "css-unit-initial", "css-intrinsic-size",
          "html-button-submit", "html-loading-attribute", "html-meta-color-scheme", "image-hdr"})
        CHECK(known.contains(id));
}

TEST_CASE("a client's column says what it supports of the message") {
    auto const report = examined(html("<p style='display:flex'>a</p>"));
    CHECK(holds(client(report, "Outlook", "Windows").unsupported, "display:flex"));
    CHECK(holds(client(report, "Apple Mail", "iOS").supported, "display:flex"));
    CHECK(report.clients.size() == lint::known_clients().size());
    CHECK(examined(plain()).clients.empty());
}

TEST_CASE("what most clients do not know is a fault") {
    finds("compat-html", html("<dialog open>a</dialog>"), html("<p>a</p>"));
    finds("compat-css", html("<p style='backdrop-filter:blur(1px)'>a</p>"),
          html("<p style='color:red;width:10px'>a</p>"));
    finds("compat-images", html("<img src='https://example.com/a.tiff' alt=''>"),
          html("<img src='https://example.com/a.png'>"));
    finds("compat-style-link", html("<link rel=stylesheet href='https://example.com/a.css'>"), html("<p>a</p>"));
    finds("compat-style-link", html("<style>@import 'a.css';</style>"), html("<style>p{color:red}</style>"));
}
