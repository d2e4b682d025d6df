#include "inert_html.hpp"

#include <doctest/doctest.h>

using postrider::devserver::without_frames_and_links;

TEST_CASE("hazard 184: elements that let a browser connect before it may have other names") {
    for (auto [html, expected] : {
             std::pair{"<iframe src=x></iframe>", "<mail-iframe src=x></mail-iframe>"},
             {"<IFrame\n src=x>", "<mail-IFrame\n src=x>"},
             {"<iframe/src=x>", "<mail-iframe/src=x>"},
             {"<frameset><frame src=x></frameset>", "<frameset><mail-frame src=x></frameset>"},
             {"<object data=x>y</object>", "<mail-object data=x>y</mail-object>"},
             {"<embed src=x><portal src=x>", "<mail-embed src=x><mail-portal src=x>"},
             {"<link rel=preconnect href=x>", "<meta rel=preconnect href=x>"},
             {"<<iframe>", "<<mail-iframe>"},
             {"<!-- <iframe> -->", "<!-- <mail-iframe> -->"},
             {"</iframe", "</mail-iframe"},
         })
        CHECK(without_frames_and_links(html) == expected);
}

TEST_CASE("other HTML stays as it is") {
    for (auto html : {"", "<", "</", "<p>a < b</p>", "<links>", "<iframes>", "< iframe>", "iframe", "<frameset>",
                      "<a href='?<'>x</a>", "<svg><linearGradient></svg>", "\xe9\x82\xae<b>\xe4\xbb\xb6</b>"})
        CHECK(without_frames_and_links(html) == html);
}
