#include <postrider/core/limits.hpp>

#include "examined.hpp"

using namespace lint_test;

namespace {

std::string const many_words =
    "The train to the coast leaves at nine in the morning from the last platform of the old station.";

}  // namespace

TEST_CASE("there is something to read") {
    finds("body-present", plain({}, "\n  \n"), plain());
    finds("body-present", html("<div> </div>", "\n"), html("<img src=cid:a alt=''>", "\n"));
}

TEST_CASE("HTML has a text beside it, in front of it, that says the same") {
    auto const good = html("<p>" + many_words + "</p>", many_words + "\n");
    finds("text-alternative", plain("Content-Type: text/html; charset=utf-8\n", "<p>Good morning.</p>\n"), good);
    finds("text-alternative-agrees", html("<p>" + many_words + "</p>", "This message is in HTML.\n"), good);
    finds("alternatives-order",
          plain("Content-Type: multipart/alternative; boundary=b\n",
                "--b\nContent-Type: text/html\n\n<p>a\n--b\nContent-Type: text/plain\n\na\n--b--\n"),
          good);
}

TEST_CASE("text in another script is compared as well") {
    std::string const chinese = "尊敬的客户：您的订单已经发货，预计明天上午送达，请保持电话畅通。";
    CHECK(level_of(examined(html("<p>" + chinese + "</p>", chinese + "\n")), "text-alternative-agrees") == "pass");
    CHECK(level_of(examined(html("<p>" + chinese + "</p>", "请用浏览器阅读\n")), "text-alternative-agrees") ==
          "warning");
}

TEST_CASE("links of the HTML stand in the text") {
    finds("text-alternative-links", html("<a href='https://example.com/a'>here</a>", "Good morning.\n"),
          html("<a href='https://example.com/a/'>here</a>", "Look at <https://example.com/a>.\n"));
}

TEST_CASE("no part is empty") {
    finds("parts-filled",
          plain("Content-Type: multipart/mixed; boundary=b\n", "--b\n\na\n--b\nContent-Type: text/plain\n\n\n--b--\n"),
          plain("Content-Type: multipart/mixed; boundary=b\n", "--b\n\na\n--b--\n"));
}

TEST_CASE("charsets are declared, known and true") {
    auto const text = [](std::string_view charset, std::string_view octets) {
        return plain("Content-Type: text/plain" + std::string(charset) + "\nContent-Transfer-Encoding: 8bit\n", octets);
    };
    auto const good = text("; charset=utf-8", "gr\xC3\xBC\xC3\x9F\n");
    finds("charset-declared", text("", "gr\xC3\xBC\n"), good);
    finds("charset-known", text("; charset=x-none", "a\n"), good);
    finds("charset-true", text("; charset=utf-8", "gr\xFC\xDF\n"), good);
    finds("charset-true", text("; charset=us-ascii", "gr\xC3\xBC\n"), good);
    finds("html-charset-agrees", html("<meta charset=gb2312><p>a"), html("<meta charset=UTF8><p>a"));
    finds("html-charset-agrees", html("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>a"),
          html("<meta http-equiv=Content-Type content='text/html; charset=UTF-8'><p>a"));
}

TEST_CASE("lines of text can be read") {
    std::string const flowed = "Content-Type: text/plain; format=flowed\n";
    finds("flowed-lines", plain(flowed, std::string(79, 'x') + "\n"), plain(flowed, std::string(78, 'x') + "\n"));
    finds("text-lines", plain({}, std::string(600, 'x') + "\n"), plain({}, std::string(400, 'x') + "\n"));
}

TEST_CASE("the HTML holds nothing that runs") {
    for (auto const* bad : {"<script>1</script>", "<iframe src=x></iframe>", "<img src=a onerror=alert(1)>", "<object>",
                            "<meta http-equiv=Refresh content=0>", "<base href='https://evil.example/'>"})
        finds("html-active", html(bad), html("<p on=1>a</p>"));
}

TEST_CASE("images have a text, a size, and some text around them") {
    auto const good = html("<p>" + many_words + "</p><img src=cid:a alt=Logo width=10 height=10>", many_words);
    finds("image-alt", html("<img src=cid:a width=9 height=9>"), good);
    finds("image-size", html("<img src=cid:a alt=Logo>"), good);
    CHECK(level_of(examined(html("<img src=cid:a alt='' style='width:9px;height:9px'>")), "image-size") == "pass");
    finds("image-only", html("<a href='https://example.com/'><img src=cid:a alt=x></a>"), good);
    finds("image-remote", html("<img src='https://example.com/a.png' alt=''>"), good);
    finds("image-data-uri", html("<img src='data:image/png;base64,AAAA' alt=''>"), good);
    CHECK(
        level_of(examined(html("<p>a</p><img src='https://example.com/open' width=1 height=1>")), "image-alt").empty());
}

TEST_CASE("images leave room for text and are not heavy") {
    auto const picture = [](std::string const& width, std::string const& words) {
        return html("<p>" + words + "</p><img src=cid:a alt=Logo width='" + width + "' height=300>", words + "\n");
    };
    finds("image-text-ratio", picture("600", "Some words beside the picture, but not enough of them."),
          picture("10", many_words));
    CHECK(level_of(examined(picture("100%", "words")), "image-text-ratio").empty());
    CHECK(level_of(examined(picture("99999999999999999999999", "words")), "image-text-ratio").empty());
    CHECK(level_of(examined(picture("999999999", "words")), "image-text-ratio") == "notice");
    auto const with_image = [](std::size_t octets) {
        return html_with_part("<img src='cid:logo@x' alt=''>",
                              "Content-Type: image/png\nContent-ID: <logo@x>\n\n" + std::string(octets, 'x'));
    };
    finds("image-weight", with_image(1'000'001), with_image(900'000));
    CHECK(level_of(examined(html("<p>a</p>")), "image-weight").empty());
}

TEST_CASE("each cid: leads to a part, and each inline part is used") {
    std::string const part = "Content-Type: image/png\nContent-ID: <logo@x>\nContent-Disposition: inline\n\nPNG";
    auto const good = html_with_part("<img src=\"cid:logo%40x\" alt=''>", part);
    finds("image-cid", html_with_part("<img src=\"cid:other@x\" alt=''>", part), good);
    finds("inline-referenced", html_with_part("<img src=\"cid:other@x\" alt=''>", part), good);
    CHECK(level_of(examined(html_with_part("<td style=\"background:url('cid:logo@x')\">", part)), "image-cid") ==
          "pass");
    CHECK(level_of(examined(html_with_part("<style>p{background:url(cid:logo@x)}</style>", part)),
                   "inline-referenced") == "pass");
}

TEST_CASE("HTML beyond what is looked at is told") {
    std::string const huge(limits::lint_html_octets + 1, 'x');
    finds("html-complete", html(huge), html("<p>a"));
}
