#include <doctest/doctest.h>

#include <postrider/client/proxy_url.hpp>

using namespace postrider;
using proxy::protocol;

namespace {

net::proxy parsed(std::string_view text) {
    std::string why;
    auto const made = smtp::parse_proxy_url(text, why);
    REQUIRE_MESSAGE(made.has_value(), why);
    return *made;
}

}  // namespace

TEST_CASE("a proxy is written as a URL") {
    CHECK(parsed("socks5://proxy.example").kind == protocol::socks5);
    CHECK(parsed("socks5://proxy.example").where == net::endpoint{"proxy.example", 1080, {}});
    CHECK(parsed("SOCKS5H://[::1]:9050").where == net::endpoint{"::1", 9050, {}});
    CHECK(parsed("SOCKS5H://[::1]:9050").kind == protocol::socks5);
    CHECK(parsed("http://proxy.example/").kind == protocol::http);
    CHECK(parsed("http://proxy.example/").where == net::endpoint{"proxy.example", 80, {}});
    auto const logging_in = parsed("http://me%40example:p%3aw@proxy.example:3128");
    CHECK(logging_in.user == "me@example");
    CHECK(logging_in.password == "p:w");
    CHECK(to_string(logging_in) == "http://proxy.example:3128");
    CHECK(to_string(parsed("socks5://u:p@[::1]")) == "socks5://[::1]:1080");
}

TEST_CASE("hazard 63: what is no proxy is refused and says why, without its password") {
    for (auto const* text : {"", "proxy.example", "proxy.example:1080", "https://proxy.example",
                             "socks4://proxy.example", "socks5://", "socks5://u:p@", "socks5://proxy.example:0",
                             "socks5://proxy.example:99999", "socks5://proxy.example/path", "http://proxy\r\nX: y",
                             "http://a b", "http://u:secret%0d@x", "http://[::1", "http://proxy?x", "http://proxy#x"}) {
        std::string why;
        CHECK_MESSAGE(smtp::parse_proxy_url(text, why).has_error(), text);
        CHECK_FALSE(why.empty());
        CHECK(why.find("secret") == why.npos);
    }
}
