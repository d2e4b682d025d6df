#include <postrider/codec/charset.hpp>
#include <postrider/mime/html_to_text.hpp>
#include <postrider/mime/kinds.hpp>

#include "support.hpp"

using namespace postrider;
using mime::html_to_text;
using mime::link_style;

namespace {

std::string unwrapped(std::string_view html) {
    return html_to_text(html, {.width = 0});
}

void check_bomb(std::string const& html) {
    for (std::size_t width : {0, 10, 78})
        for (auto links : {link_style::inline_url, link_style::footnotes}) {
            auto const text = html_to_text(html, {.width = width, .links = links});
            CHECK(text.size() <= 4 * html.size());
            CHECK(codec::is_utf8(text));
        }
}

}  // namespace

TEST_CASE("blanks collapse, and inline elements leave no trace") {
    CHECK(unwrapped("  a \n\t b<b>c</b> <i> d </i>  e  ") == "a bc d e\n");
    CHECK(unwrapped("a&nbsp;&nbsp;b &nbsp; c") == "a b c\n");
    CHECK(unwrapped("") == "");
    CHECK(unwrapped(" \n <p> </p> ") == "");
}

TEST_CASE("paragraphs are apart, other blocks on lines of their own") {
    CHECK(unwrapped("<p>a</p><p>b</p>") == "a\n\nb\n");
    CHECK(unwrapped("<p>a<p>b<div>c</div><div>d</div>") == "a\n\nb\n\nc\nd\n");
    CHECK(unwrapped("<h1>T</h1>text") == "T\n\ntext\n");
    CHECK(unwrapped("<div><div><div>a</div></div></div><div>b</div>") == "a\nb\n");
    CHECK(unwrapped("above the line<hr>below") == "above the line\n" + std::string(40, '-') + "\nbelow\n");
}

TEST_CASE("a br ends a line, and more of them leave one blank line") {
    CHECK(unwrapped("a<br>b<br/>c</br>d") == "a\nb\nc\nd\n");
    CHECK(unwrapped("a<br><br>b<br><br><br><br>c") == "a\n\nb\n\nc\n");
}

TEST_CASE("lists are marked, numbered and nested") {
    CHECK(unwrapped("<ul><li>a<li>b</ul>") == "- a\n- b\n");
    CHECK(unwrapped("<ol><li>a</li><li>b</li></ol>") == "1. a\n2. b\n");
    CHECK(unwrapped("<ol start=\"9\"><li>a<li>b</ol>") == "9. a\n10. b\n");
    CHECK(unwrapped("<ol start=-3><li>a</ol>") == "1. a\n");
    CHECK(unwrapped("x<ul><li>a<ol><li>b<li>c</ol><li>d</ul>y") == "x\n\n- a\n  1. b\n  2. c\n- d\n\ny\n");
    CHECK(unwrapped("<ul><li><p>a</p><p>b</p></ul>") == "- a\n\n  b\n");
    CHECK(unwrapped("<ul><li></li><li>b</ul>") == "- b\n");
    CHECK(unwrapped("<dl><dt>term<dd>one<dd>two</dl>") == "term\n    one\n    two\n");
}

TEST_CASE("a quotation is marked on every line, also when nested") {
    CHECK(unwrapped("a<blockquote>b<br>c</blockquote>d") == "a\n\n> b\n> c\n\nd\n");
    CHECK(unwrapped("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>") == "> a\n>\n> > b\n");
    CHECK(html_to_text("<blockquote>one two three four five six</blockquote>", {.width = 26}) ==
          "> one two three four five\n> six\n");
}

TEST_CASE("pre keeps its lines and blanks") {
    CHECK(unwrapped("<pre>\n  a\n\tb\n\n  c  \n</pre>d") == "  a\n\tb\n\n  c\n\nd\n");
    CHECK(html_to_text("<pre>one two three four five six</pre>", {.width = 10}) == "one two three four five six\n");
}

TEST_CASE("cells stand side by side") {
    CHECK(unwrapped("<table><tr><th>a<th>b<tr><td>1</td><td>2</td></tr></table>") == "a  b\n1  2\n");
    CHECK(unwrapped("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>") == "a\n\nb\n");
}

TEST_CASE("links show where they lead") {
    CHECK(unwrapped("see <a href='https://example.com/?a=1&amp;b=2'>this</a>.") ==
          "see this <https://example.com/?a=1&b=2>.\n");
    CHECK(unwrapped("<a href=https://example.com/>https://example.com</a>") == "https://example.com\n");
    CHECK(unwrapped("<a href='mailto:a@b.example'>a@b.example</a>") == "a@b.example\n");
    CHECK(unwrapped("<a href='mailto:a@b.example'>Ann</a>") == "Ann <a@b.example>\n");
    CHECK(unwrapped("<a href='https://e.example/'><img src=x></a>") == "<https://e.example/>\n");
    CHECK(html_to_text("<a href=u>text</a>", {.links = link_style::omit}) == "text\n");
}

TEST_CASE("a link that pretends to lead elsewhere is shown up") {
    CHECK(unwrapped("<a href='https://evil.example'>https://bank.example</a>") ==
          "https://bank.example <https://evil.example>\n");
}

TEST_CASE("links that no reader of text can follow are left out") {
    for (auto url : {"javascript:alert(1)", " JAVA\nscript:alert(1)", "data:text/html,x", "cid:image1", "#top", ""})
        CHECK(unwrapped("<a href=\"" + std::string(url) + "\">text</a>") == "text\n");
}

TEST_CASE("footnotes number each address once") {
    CHECK(html_to_text("<a href=u:1>a</a>, <a href=u:2>b</a> and <a href=u:1>c</a>",
                       {.links = link_style::footnotes}) == "a [1], b [2] and c [1]\n\n[1] u:1\n[2] u:2\n");
}

TEST_CASE("images give their alt") {
    CHECK(unwrapped("<p>x <img src=a alt='A &amp; B'> y</p>") == "x A & B y\n");
    CHECK(unwrapped("<img src=a>y") == "y\n");
    CHECK(html_to_text("<img alt=a>y", {.images = false}) == "y\n");
}

TEST_CASE("what is not for readers is left out") {
    CHECK(unwrapped("<head><title>T</title><style>p>a{}</style></head>x") == "x\n");
    CHECK(unwrapped("a<script>if (a<b) '</p>'; document.write('<p>');</SCRIPT >b") == "ab\n");
    CHECK(unwrapped("a<!-- <p>b</p> -->c<!-->d<!--[if mso]><p>mso</p><![endif]-->e") == "acde\n");
    CHECK(unwrapped("a<?php echo 1 ?>b<!DOCTYPE html>c</ >d") == "abcd\n");
    CHECK(unwrapped("a<svg><text>x</text></svg>b<template>c</template>") == "ab\n");
    CHECK(unwrapped("a<script>never closed") == "a\n");
}

TEST_CASE("a hidden preheader is left out") {
    CHECK(unwrapped("<div style='display:none;max-height:0'>Buy <p>now</p></div><p>Hello</p>") == "Hello\n");
    CHECK(unwrapped("<span STYLE=\"color:red; DISPLAY : None !important\">x</span>y") == "y\n");
    CHECK(unwrapped("<p style='visibility: hidden'>x<p>y") == "y\n");
    CHECK(unwrapped("<div hidden>x</div>y") == "y\n");
    CHECK(unwrapped("<p style='display:block'>x</p>") == "x\n");
    CHECK(unwrapped("<ul style='display:none'><li>x<ul><li>y</ul></ul>z") == "z\n");
    CHECK(unwrapped("a&shy;b&#8203;c&#847;d\xEF\xBB\xBF") == "abcd\n");
}

TEST_CASE("character references by name and number") {
    CHECK(unwrapped("&lt;&gt;&amp;&quot;&apos;&eacute;&Eacute;&euro;&alpha;&hellip;") == "<>&\"'éÉ€α…\n");
    CHECK(unwrapped("&#233;&#xE9;&#XE9;&#x1F600;&#27979") == "ééé😀测\n");
    CHECK(unwrapped("&eacutet&eacute &copy; &copy") == "été © ©\n");
    CHECK(unwrapped("&unknown; &alpha &; & &# &#x; &#xg;") == "&unknown; &alpha &; & &# &#x; &#xg;\n");
    CHECK(unwrapped("&amp;lt;") == "&lt;\n");
}

TEST_CASE("numbers 128 to 159 mean windows-1252") {
    CHECK(unwrapped("&#128;&#145;&#x92;&#150;") == "€‘’–\n");
}

TEST_CASE("numbers that are no characters become U+FFFD, controls vanish") {
    CHECK(unwrapped("&#0;&#xD800;&#x110000;&#99999999999999999999;") == "\uFFFD\uFFFD\uFFFD\uFFFD\n");
    CHECK(unwrapped("a&#1;&#27;[31mb&#13;c\x1b]") == "a[31mb c]\n");
}

TEST_CASE("in an attribute a name without semicolon may be a parameter") {
    CHECK(unwrapped("<a href='u:?a=1&copy=2&lt;&amp=3&reg'>x</a>") == "x <u:?a=1&copy=2<&amp=3®>\n");
}

TEST_CASE("lines end at the width, where ideographs take two columns") {
    CHECK(html_to_text("aaa bbb ccc ddd eee fff ggg", {.width = 24}) == "aaa bbb ccc ddd eee fff\nggg\n");
    CHECK(html_to_text(repeated("测", 30), {.width = 24}) ==
          repeated("测", 12) + "\n" + repeated("测", 12) + "\n" + repeated("测", 6) + "\n");
    CHECK(html_to_text(repeated("x", 100) + " y", {.width = 24}) == repeated("x", 100) + "\ny\n");
    CHECK(html_to_text(repeated("e\u0301", 24) + " y", {.width = 24}) == repeated("e\u0301", 24) + "\ny\n");
}

TEST_CASE("no line begins with a closing mark of Chinese, or ends with an opening one") {
    CHECK(html_to_text(repeated("测", 12) + "，" + repeated("试", 3), {.width = 24}) ==
          repeated("测", 11) + "\n测，试试试\n");
    CHECK(html_to_text(repeated("测", 11) + "（试）", {.width = 24}) == repeated("测", 11) + "\n（试）\n");
}

TEST_CASE("unclosed and misplaced tags do no harm") {
    CHECK(unwrapped("</p></div></ul>a</li>b") == "ab\n");
    CHECK(unwrapped("<b><p>a</b>b</p>c") == "ab\n\nc\n");
    CHECK(unwrapped("<table><tr><td>a</b></p>b<td>c</table>d") == "ab  c\nd\n");
    CHECK(unwrapped("a < b <3 <a@b.example> x<") == "a < b <3 x<\n");
    CHECK(unwrapped("a<p class='unclosed") == "a\n");
    CHECK(unwrapped("a<img alt=x") == "a\n");
}

TEST_CASE("octets that are no UTF-8 become U+FFFD") {
    CHECK(unwrapped("caf\xe9") == "caf\uFFFD\n");
    std::string all;
    for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
    check_bomb(all);
    check_bomb(repeated("\xff", 1000));
}

TEST_CASE("hazard 119: a hundred thousand open tags") {
    for (auto tag : {"<div>", "<b>", "<p>", "<blockquote>", "<ul><li>", "<ol>", "<table><tr><td>", "<a href=u>",
                     "<pre>", "<q>", "<dd>", "<x>", "<li>", "<td>", "<div hidden>", "<dl><dt>"}) {
        check_bomb(repeated(tag, 100'000));
        check_bomb(repeated(tag, 100'000) + "text");
        check_bomb(repeated(std::string(tag) + "x ", 20'000));
    }
}

TEST_CASE("hazard 119: text deeper than the limit is still read") {
    CHECK(unwrapped(repeated("<b>", 5000) + "x" + repeated("</b>", 5000) + "<p>y") == "x\n\ny\n");
    CHECK(unwrapped(repeated("<div>", 5000) + "x" + repeated("</div>", 5000) + "y") == "x\ny\n");
}

TEST_CASE("hazard 119: closing tags that nothing opened, and marks on every line") {
    check_bomb("<b>" + repeated("<div>", 250) + repeated("</b>", 100'000));
    check_bomb(repeated("<blockquote>", 30) + repeated("a<br>", 100'000));
    check_bomb(repeated("<blockquote>", 24) + repeated("thirteen.only ", 50'000));
    check_bomb("<pre>" + repeated("<blockquote>", 24) + repeated("x\n", 50'000));
    check_bomb(repeated("<ol><li>", 30) + repeated("a<p>", 100'000));
    check_bomb(repeated("<hr>", 100'000));
    check_bomb(repeated("<br>", 100'000) + "x");
    check_bomb("<pre>" + repeated("\n", 100'000) + "x");
    check_bomb("<ol start=999999>" + repeated("<li>x", 100'000));
    check_bomb(repeated("<a href=u>x</a>", 50'000));
    check_bomb(repeated("测", 50'000));
}

TEST_CASE("hazard 119: entity bombs stay what they are") {
    check_bomb("<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>" + repeated("&b;", 100'000));
    check_bomb(repeated("&#", 200'000));
    check_bomb("&" + repeated("a", 400'000));
    check_bomb("&#" + repeated("9", 400'000));
    check_bomb(repeated("&", 400'000));
}

TEST_CASE("hazards 119 and 120: openers without an end cost no second look") {
    for (auto opener : {"<", "</", "<!--", "<!", "<a ", "<a href=\"", "<a href='x' ", "<style>", "<script></", "<p/",
                        "<a =", "style=\"display", "data:", "<!--<!-"})
        check_bomb(repeated(opener, 100'000));
    check_bomb("<p style=\"" + repeated("display:;", 100'000) + "\">x");
    check_bomb("<p " + repeated("hidde n=", 100'000) + ">x");
}

TEST_CASE("a message that has HTML alone gets a text to go with it") {
    auto mail = minimal();
    mail.html("<p>Grüße</p>", "iso-8859-1");
    mime::add_text_alternative(mail);
    REQUIRE(mail.text_body());
    CHECK(mail.text_body()->octets == "Grüße\n");
    CHECK(field_of(rendered(mail), "Content-Type").starts_with("multipart/alternative"));
}

TEST_CASE("a message that has a text already, or no HTML, stays as it is") {
    auto mail = minimal();
    mail.text("own").html("<p>x</p>");
    CHECK(mime::add_text_alternative(mail).text_body()->octets == "own");
    auto plain = minimal();
    CHECK_FALSE(mime::add_text_alternative(plain).text_body());
    auto leaf = mime::text("<p>x</p>", "html");
    CHECK_FALSE(mime::add_text_alternative(leaf).text_body());
}
