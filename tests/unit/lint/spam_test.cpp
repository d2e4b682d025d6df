#include "examined.hpp"

using namespace lint_test;

namespace {

std::string const long_text(260, 'x');

}  // namespace

TEST_CASE("text is hidden by a style sheet as well: by element, class and id, inside and out") {
    auto const sheet = [](std::string const& css, std::string const& tag) {
        return html("<style>" + css + "</style><p>a</p>" + tag + long_text + "</div>");
    };
    auto const is_hidden = [&](std::string const& css, std::string const& tag) {
        return level_of(examined(sheet(css, tag)), "spam-hidden-text") == "warning";
    };
    for (auto const* css :
         {"div{display:none}", "DIV { display : none }", ".x{visibility:hidden}", "#i{opacity:0}",
          "div.x{display:none}", "div#i{mso-hide:all}", "p, .x , #j{display:none}", "*.x{display:none}",
          "/* a */ .x /* b */ {display:none;}", ".x{display:block}.x{display:none}", ".x{display:none!important}",
          "@import 'a';.x{display:none}", ".y{display:none}.x.y{display:block}",
          ".x{display:none;&:hover{display:block}}"})
        CHECK_MESSAGE(is_hidden(css, "<div class=' y x' id=i>"), css);
    for (auto const* css : {"span{display:none}", ".X{display:none}", ".x .y{display:none}", "#x{display:none}",
                            ".x:hover{display:none}", "@media (max-width:600px){.x{display:none}}",
                            ".x{display:none}.x{display:block}", ".x{display:none}#i{display:block}",
                            "div{display:none}.x{display:inline}", ".x{display:none}.y{display:block}",
                            ".x[a]{display:none}", ".x{display:none}.y{display:block}.x{color:red}", ".x{color:red}"})
        CHECK_MESSAGE(!is_hidden(css, "<div class='x y' id=i>"), css);
    CHECK(is_hidden(".x{display:none}", "<div class='\f\fx\v'>") == false);
    CHECK(is_hidden(".x{display:none}", "<div class='\f\fa\fx\f'>"));
    CHECK_FALSE(is_hidden(".x{display:none}", "<div class=x style='display:block'>"));
    CHECK(is_hidden(".x{display:none !important}", "<div class=x style='display:block'>"));
    CHECK_FALSE(is_hidden(".x{display:none}", "<div class=x style='display:block !important'>"));
    CHECK(is_hidden(".x{display:none}", "<div class=x><span style='display:inline'>"));
    CHECK(is_hidden("", "<div style='display:none !important'>"));
    CHECK(is_hidden("", "<div hidden>"));
    CHECK_FALSE(is_hidden("div{display:block}", "<div hidden>"));
}

TEST_CASE("a style sheet makes text tiny, or of its background's colour, where that is known") {
    auto const level = [](std::string const& css, std::string const& id) {
        return level_of(examined(html("<style>" + css + "</style><p>a</p><p class=x>hidden</p>")), id);
    };
    CHECK(level(".x{font-size:1px}", "spam-tiny-font") == "warning");
    CHECK(level(".x{font-size:12px}", "spam-tiny-font") == "pass");
    CHECK(level(".x{color:#fff}", "spam-invisible-colour") == "warning");
    CHECK(level(".x{color:#fff;background:#000}", "spam-invisible-colour") == "pass");
    CHECK(level(".x{background-image:url(dark.png);color:#fff}", "spam-invisible-colour") == "pass");
    CHECK(level("body p{background:#000}.x{color:#fff}", "spam-invisible-colour") == "pass");
    CHECK(level("body p{background:#000}.x{color:#fff;background:white}", "spam-invisible-colour") == "warning");
}

TEST_CASE("the Subject neither shouts nor pretends a conversation") {
    finds("spam-subject-caps", with("Subject", "Subject: BUY THIS NOW\n"), plain());
    CHECK(level_of(examined(with("Subject", "Subject: FAQ\n")), "spam-subject-caps") == "pass");
    finds("spam-forged-reply", with("Subject", "Subject: Re: our talk\n"),
          with("Subject", "Subject: Re: our talk\nIn-Reply-To: <1@example.net>\n"));
    CHECK(level_of(examined(with("Subject", "Subject: Fwd: a\n")), "spam-forged-reply").empty());
    finds("spam-exclamations", with("Subject", "Subject: Now!!!\n", "Buy!!! Now!!!\n"), plain());
}

TEST_CASE("no text hides from people") {
    auto const fine = html("<p>Good morning.</p><div style='display:none'>A preview.</div>");
    finds("spam-hidden-text", html("<p>a</p><div style='display:none'>" + long_text + "</div>"), fine);
    for (auto const* style : {"font-size:1px", "font-size: 0", "FONT-SIZE:2pt"})
        finds("spam-tiny-font", html("<p style='" + std::string(style) + "'>a</p>"), fine);
    for (auto const* look : {"style='color:#fff'", "style='color:white'", "style='color: rgb(255, 255, 255)'",
                             "style='background:#000'", "bgcolor=black"})
        finds("spam-invisible-colour", html("<p " + std::string(look) + ">a</p>"), fine);
    CHECK(level_of(examined(html("<div style='background:#000;color:#fff'>a</div>")), "spam-invisible-colour") ==
          "pass");
    CHECK(level_of(examined(html("<div style='background:url(x)'><b style='color:#fff'>a</b></div>")),
                   "spam-invisible-colour") == "pass");
    finds("spam-unseen-characters", html("<p>vi\u200Bagra</p>"), fine);
}

TEST_CASE("answers go to the author's organisation") {
    finds("spam-reply-to", plain("Reply-To: x@freemail.example\n"), plain("Reply-To: x@help.example.com\n"));
}

TEST_CASE("there is text beside the links") {
    std::string links;
    for (int i = 0; i < 9; ++i) links += "<a href='https://example.com/" + std::to_string(i) + "'>more</a> ";
    std::string words;
    for (int i = 0; i < 100; ++i) words += "word ";
    finds("spam-many-links", html(links), html(links + words));
}

TEST_CASE("SpamAssassin is asked where it can be, and heard") {
    lint::outside calls;
    std::string asked;
    double score = 7.5;
    calls.spam = [&](std::string_view octets) -> std::optional<lint::spam_verdict> {
        asked = octets;
        return lint::spam_verdict{score, 5, {{7.5, "GTUBE", "a test"}}};
    };
    auto const mail = plain();
    auto const spam = examined(mail, {}, calls);
    CHECK(asked == mail);
    CHECK(spam.find("spam-assassin")->detail() == "It gives 7.5 points, where 5.0 are spam. GTUBE");
    score = 1;
    finds("spam-assassin", spam, examined(mail, {}, calls));
    calls.spam = [](std::string_view) { return std::optional<lint::spam_verdict>(); };
    CHECK(level_of(examined(mail, {}, calls), "spam-assassin").empty());
}
