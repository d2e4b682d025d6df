#include <doctest/doctest.h>

#include <atomic>
#include <postrider/devserver/lookups.hpp>

#include "lookups/link_request.hpp"
#include "lookups/public_address.hpp"
#include "net/test_server.hpp"

using namespace postrider;
using namespace postrider::devserver;
using test::connection;
using test::test_server;

namespace {

/// A web server on loopback that gives the same answer to all who ask, and counts them.
class web_server {
public:
    explicit web_server(std::string answer)
        : answer_(std::move(answer)), server_({}, [this](connection& peer, SSL_CTX*) {
              ++asked;
              while (auto line = peer.read_line()) {
                  if (line->starts_with("HEAD ") || line->starts_with("GET "))
                      verbs += line->substr(0, line->find(' ')) + ' ';
                  if (line->empty()) break;
              }
              peer.write(answer_);
          }) {}

    std::string url(std::string const& host, std::string const& path = "/") const {
        return "http://" + host + ':' + std::to_string(server_.port()) + path;
    }

    std::atomic<int> asked = 0;
    std::string verbs;

private:
    std::string answer_;
    test_server server_;
};

/// Every name is this machine, which is as good as public: what a test may reach.
link_options open_to_all() {
    link_options options;
    options.lookup = [](std::string const&) { return std::vector<std::string>{"127.0.0.1"}; };
    options.may_ask = [](std::string const&) { return true; };
    return options;
}

lint::link_answer follow(std::string const& url, link_options const& options) {
    return follow_links(options)({url}).at(0);
}

constexpr char const* refused = "the address is not of the public internet, and was not asked";

}  // namespace

TEST_CASE("hazard 186: addresses that are not of the public internet, in all their disguises") {
    for (auto const* address : {"0.0.0.0",
                                "0.1.2.3",
                                "10.0.0.1",
                                "10.255.255.255",
                                "100.64.0.1",
                                "100.127.255.255",
                                "127.0.0.1",
                                "127.255.255.254",
                                "169.254.169.254",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.0.0.1",
                                "192.0.2.1",
                                "192.88.99.1",
                                "192.168.1.1",
                                "198.18.0.1",
                                "198.19.255.255",
                                "198.51.100.7",
                                "203.0.113.7",
                                "224.0.0.1",
                                "239.255.255.255",
                                "240.0.0.1",
                                "255.255.255.255",  //
                                "::",
                                "::1",
                                "::ffff:127.0.0.1",
                                "::ffff:8.8.8.8",
                                "::ffff:0:127.0.0.1",
                                "::7f00:1",
                                "64:ff9b::7f00:1",
                                "64:ff9b::a00:1",
                                "64:ff9b:1::1",
                                "100::1",
                                "2001::1",
                                "2001:0:7f00:1::",
                                "2001:20::1",
                                "2001:db8::1",
                                "2002:7f00:1::",
                                "2002:a00:1::1",
                                "3fff::1",
                                "5f00::1",
                                "fc00::1",
                                "fd12:3456::1",
                                "fe80::1",
                                "fec0::1",
                                "ff02::1",  //
                                "",
                                "localhost",
                                "127.1",
                                "2130706433",
                                "0x7f.0.0.1",
                                "010.0.0.1",
                                "1.2.3",
                                "fe80::1%1",
                                "::1%0"}) {
        CAPTURE(address);
        CHECK_FALSE(is_public_address(address));
    }
    for (auto const* address :
         {"8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
          "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255",
          "198.20.0.0", "223.255.255.255", "2606:4700::1", "2001:4860:4860::8888", "2a00:1450::1", "2003::1"}) {
        CAPTURE(address);
        CHECK(is_public_address(address));
    }
}

TEST_CASE("hazard 186: a server on loopback is not reached by its address, by a name, or by an odd number") {
    web_server secret("HTTP/1.1 200 OK\r\n\r\n");
    link_options options;
    for (auto const* host :
         {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433", "127.1", "0"}) {
        CAPTURE(host);
        auto const answer = follow(secret.url(host), options);
        CHECK(answer.status == 0);
        CHECK(answer.failure == refused);
    }
    options.lookup = [](std::string const&) { return std::vector<std::string>{"127.0.0.1", "::ffff:127.0.0.1"}; };
    CHECK(follow(secret.url("public.example"), options).failure == refused);
    CHECK(secret.asked == 0);
}

TEST_CASE("hazard 186: a redirect leads to it neither, and each hop's address is judged anew") {
    web_server secret("HTTP/1.1 200 OK\r\n\r\n");
    for (auto const* host : {"127.0.0.1", "rebound.example", "[::ffff:7f00:1]"}) {
        CAPTURE(host);
        web_server first("HTTP/1.1 302 Found\r\nLocation: " + secret.url(host) + "\r\n\r\n");
        auto options = open_to_all();
        options.may_ask = [times = std::make_shared<int>(0)](std::string const& address) {
            return (*times)++ == 0 || is_public_address(address);
        };
        auto const answer = follow(first.url("public.example"), options);
        CHECK(first.asked == 1);
        CHECK(answer.redirects == 1);
        CHECK(answer.failure == refused);
    }
    CHECK(secret.asked == 0);
}

TEST_CASE("hazard 186: a name whose address changes is asked for once, and the connection goes to what was judged") {
    web_server secret("HTTP/1.1 200 OK\r\n\r\n");
    auto const lookups = std::make_shared<int>(0);
    link_options options;
    options.lookup = [lookups](std::string const&) {
        return std::vector<std::string>{(*lookups)++ == 0 ? "192.0.2.1" : "127.0.0.1"};
    };
    options.may_ask = [](std::string const& address) { return address == "192.0.2.1"; };
    options.each = options.all = std::chrono::milliseconds(300);
    CHECK(follow(secret.url("rebound.example"), options).status == 0);
    CHECK(*lookups == 1);
    CHECK(secret.asked == 0);
}

TEST_CASE("links are asked with HEAD, and with GET where that is refused; only the head is read") {
    web_server fine("HTTP/1.1 204 No Content\r\n\r\n");
    CHECK(follow(fine.url("a.example"), open_to_all()).status == 204);
    CHECK(fine.verbs == "HEAD ");
    web_server closed("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 99999999\r\n\r\n");
    CHECK(follow(closed.url("a.example"), open_to_all()).status == 405);
    CHECK(closed.verbs == "HEAD GET ");
}

TEST_CASE("five redirects are followed and no more") {
    web_server circle("HTTP/1.1 301 Moved\r\nLocation: /again\r\n\r\n");
    auto const answer = follow(circle.url("a.example"), open_to_all());
    CHECK(circle.asked == 6);
    CHECK(answer.redirects == 5);
    CHECK(answer.failure == "too many redirects");
    for (auto const* where : {"file:///etc/passwd", "gopher://a.example/", "http://a.example:25/", "https://"}) {
        CAPTURE(where);
        web_server elsewhere("HTTP/1.1 302 Found\r\nLocation: " + std::string(where) + "\r\n\r\n");
        CHECK(follow(elsewhere.url("a.example"), open_to_all()).failure.find("is not asked") != std::string::npos);
    }
}

TEST_CASE("what is no HTTP, silent, or endless is no answer") {
    for (auto const* said : {"", "220 mail.example ESMTP\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"}) {
        web_server odd(said);
        CHECK(follow(odd.url("a.example"), open_to_all()).status == 0);
    }
    web_server endless("HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x'));
    CHECK(follow(endless.url("a.example"), open_to_all()).status == 0);
    test_server silent({}, [](connection& peer, SSL_CTX*) { peer.wait_for_end(); });
    auto options = open_to_all();
    options.each = std::chrono::milliseconds(200);
    CHECK(follow("http://a.example:" + std::to_string(silent.port()) + "/", options).status == 0);
}

TEST_CASE("a link's target keeps out of its request what is not its own") {
    CHECK_FALSE(target_of("http://a.example/\r\nX: y"));
    CHECK_FALSE(target_of("http://a.example /"));
    CHECK_FALSE(target_of("ftp://a.example/"));
    CHECK_FALSE(target_of("http://a.example:99999/"));
    auto const to = target_of("https://user@[2001:db8::1]:8443?q#f");
    REQUIRE(to);
    CHECK(to->host == "2001:db8::1");
    CHECK(to->port == 8443);
    CHECK(to->path == "/?q");
    CHECK(joined(*to, "x") == "https://[2001:db8::1]:8443/x");
    CHECK(joined(*to, "//b.example/y") == "https://b.example/y");
}

TEST_CASE("SpamAssassin's answer is read, rules and all") {
    std::string asked;
    test_server spamd({}, [&](connection& peer, SSL_CTX*) {
        for (int i = 0; i < 3; ++i) asked += *peer.read_line() + '|';
        asked += *peer.read(6);
        peer.write(
            "SPAMD/1.1 0 EX_OK\r\nContent-length: 300\r\nSpam: True ; 6.6 / 5.0\r\n\r\n"
            "Content analysis details:   (6.6 points, 5.0 required)\n\n"
            " pts rule name              description\n"
            "---- ---------------------- --------------------------------------------------\n"
            " 1.2 MISSING_HEADERS        Missing To: header\n"
            "-0.1 NO_RELAYS              Informational: message was not\n"
            "                            relayed via SMTP\n");
    });
    auto const verdict = ask_spamd({"127.0.0.1", spamd.port(), {}})("a\r\nb\r\n");
    CHECK(asked == "REPORT SPAMC/1.5|Content-length: 6||a\r\nb\r\n");
    REQUIRE(verdict);
    CHECK(verdict->score == doctest::Approx(6.6));
    CHECK(verdict->threshold == doctest::Approx(5));
    REQUIRE(verdict->rules.size() == 2);
    CHECK(verdict->rules[0].name == "MISSING_HEADERS");
    CHECK(verdict->rules[1].score == doctest::Approx(-0.1));
    CHECK(verdict->rules[1].description == "Informational: message was not relayed via SMTP");
}

TEST_CASE("a spamd's numbers are numbers, and its preview of the message holds no rules") {
    auto const answer_of = [](std::string const& said) {
        test_server spamd({}, [said](connection& peer, SSL_CTX*) {
            for (int i = 0; i < 3; ++i) peer.read_line();
            peer.read(1);
            peer.write(said);
        });
        return ask_spamd({"127.0.0.1", spamd.port(), {}})("a");
    };
    std::string const head = "SPAMD/1.1 0 EX_OK\r\nSpam: False ; 1.5 / 5.0\r\n\r\n";
    auto const verdict = answer_of(head +
                                   "Content preview:  ---- ---- a\n   9.9 FORGED not a rule\n\n pts rule name\n"
                                   "---- ---- ----\n 1.5 TRUE_ONE a rule\n                  of two lines\n");
    REQUIRE(verdict);
    REQUIRE(verdict->rules.size() == 1);
    CHECK(verdict->rules[0].name == "TRUE_ONE");
    CHECK(verdict->rules[0].description == "a rule of two lines");
    CHECK(answer_of(head)->rules.empty());
    for (std::string const wrong : {"inf / 5", "nan / 5", "1e300 / 5", "1 / -inf", "x / 5", "1"})
        CHECK_FALSE(answer_of("SPAMD/1.1 0 EX_OK\r\nSpam: True ; " + wrong + "\r\n\r\n"));
}

TEST_CASE("a spamd that is silent, fails or talks without end gives no verdict") {
    auto const ask = [](std::string said) {
        test_server spamd({}, [said](connection& peer, SSL_CTX*) {
            peer.read_line();
            if (said.empty()) return peer.wait_for_end();
            peer.write(said);
        });
        return ask_spamd({"127.0.0.1", spamd.port(), {}}, std::chrono::milliseconds(300))("a").has_value();
    };
    CHECK_FALSE(ask(""));
    CHECK_FALSE(ask("SPAMD/1.1 76 EX_PROTOCOL\r\n\r\n"));
    CHECK_FALSE(ask("SPAMD/1.1 0 EX_OK\r\nSpam: True\r\n\r\n"));
    CHECK_FALSE(ask("SPAMD/1.1 0 EX_OK\r\nX: " + std::string(1 << 20, 'x')));
    CHECK_FALSE(ask_spamd({"127.0.0.1", 1, {}})("a").has_value());
}
