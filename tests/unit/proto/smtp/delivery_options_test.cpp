#include <doctest/doctest.h>

#include <postrider/proto/smtp/delivery_options.hpp>

using namespace postrider::smtp;
using namespace std::chrono_literals;

namespace {

std::string words(std::vector<parameter> const& all) {
    std::string text;
    for (auto const& one : all) text += (text.empty() ? "" : " ") + to_string(one);
    return text;
}

envelope to(std::vector<std::string> const& addresses) {
    envelope e{"me@example.com", {}, {}};
    for (auto const& address : addresses) e.forward_paths.push_back({address, {}});
    return e;
}

}  // namespace

TEST_CASE("delivery options: nothing asked for is nothing said") {
    auto e = to({"a@example.net"});
    ask_for({}, e);
    CHECK(e == to({"a@example.net"}));
}

TEST_CASE("delivery options: notifications name each recipient as the sender wrote it") {
    auto e = to({"a+b=c@example.net", "用户@例子.example"});
    delivery_options wish;
    wish.notify.on_success = wish.notify.on_delay = true;
    wish.return_content = delivery_options::returned::headers;
    wish.envelope_id = "QQ 314=159+é";
    ask_for(wish, e);
    CHECK(words(e.parameters) == "RET=HDRS ENVID=QQ+20314+3D159+2B+C3+A9");
    CHECK(words(e.forward_paths[0].parameters) == "NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a+2Bb+3Dc@example.net");
    CHECK(words(e.forward_paths[1].parameters) == "NOTIFY=SUCCESS,DELAY ORCPT=utf-8;用户@例子.example");
}

TEST_CASE("delivery options: an address beyond ASCII escapes what xtext would, in the way of RFC 6533") {
    auto e = to({"用+户@例子.example"});
    delivery_options wish;
    wish.notify.on_failure = true;
    ask_for(wish, e);
    CHECK(words(e.forward_paths[0].parameters) == "NOTIFY=FAILURE ORCPT=utf-8;用\\x{2B}户@例子.example");
}

TEST_CASE("delivery options: what the caller wrote by hand is replaced where both speak, and stays where not") {
    auto e = to({"a@example.net"});
    e.parameters = {{"ret", "FULL"}, {"X-OWN", "1"}};
    e.forward_paths[0].parameters = {{"ORCPT", "rfc822;first@example.org"}};
    delivery_options wish;
    wish.notify.never = wish.notify.on_success = true;
    wish.return_content = delivery_options::returned::headers;
    ask_for(wish, e);
    CHECK(words(e.parameters) == "ret=HDRS X-OWN=1");
    CHECK(words(e.forward_paths[0].parameters) == "ORCPT=rfc822;first@example.org NOTIFY=NEVER");
}

TEST_CASE("delivery options: times, priority and TLS") {
    auto e = to({"a@example.net"});
    delivery_options wish;
    wish.deliver_by = 120s;
    wish.hold_for = 3600s;
    wish.priority = -3;
    wish.require_tls = true;
    ask_for(wish, e);
    CHECK(words(e.parameters) == "BY=120;R HOLDFOR=3600 MT-PRIORITY=-3 REQUIRETLS");
    wish.tell_only = true;
    ask_for(wish, e);
    CHECK(words(e.parameters) == "BY=120;N HOLDFOR=3600 MT-PRIORITY=-3 REQUIRETLS");
}
