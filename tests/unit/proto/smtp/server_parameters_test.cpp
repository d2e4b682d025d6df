#include <utility>

#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;
using namespace std::string_literals;

namespace {

std::string mail(std::string const& parameters, server_engine::options o = {}) {
    server_peer peer(std::move(o));
    peer.lines({"EHLO x"});
    return peer.say("MAIL FROM:<a@x>" + parameters + "\r\n").substr(0, 9);
}

std::string rcpt(std::string const& parameters, std::string_view from = "MAIL FROM:<>") {
    server_peer peer;
    peer.lines({"EHLO x", from});
    return peer.say("RCPT TO:<a@x>" + parameters + "\r\n").substr(0, 9);
}

constexpr auto ok = "250 2.1.0";
constexpr auto bad = "501 5.5.4";

}  // namespace

TEST_CASE("hazard 14: a SIZE above the limit is refused at MAIL") {
    server_engine::options o;
    o.max_message = 1000;
    CHECK(mail(" SIZE=1000", o) == ok);
    CHECK(mail(" SIZE=1001", o) == "552 5.3.4");
    CHECK(mail(" SIZE=18446744073709551615", o) == "552 5.3.4");
}

TEST_CASE("hazard 16: a SIZE that is no number is refused") {
    for (auto const* size : {" SIZE", " SIZE=", " SIZE=-1", " SIZE=18446744073709551616", " SIZE=x", " SIZE=1x",
                             " SIZE=+1", " SIZE=0x1", " SIZE=000000000000000000001"})
        CHECK(mail(size) == bad);
    CHECK(mail(" SIZE=0") == ok);
}

TEST_CASE("hazard 17: a limit of 0 is none, and SIZE stands without one") {
    server_engine::options o;
    o.max_message = 0;
    server_peer peer(o);
    CHECK(peer.lines({"EHLO x"}).find("250-SIZE | ") != std::string::npos);
    CHECK(
        peer.lines({"MAIL FROM:<a@x> SIZE=18446744073709551615", "RCPT TO:<b@x>", "DATA", "x", "."}).ends_with("kept"));
}

TEST_CASE("hazard 45: unknown and repeated parameters are refused") {
    CHECK(mail(" FOO") == "555 5.5.4");
    CHECK(mail(" FOO=bar") == "555 5.5.4");
    CHECK(mail(" NOTIFY=NEVER") == "555 5.5.4");
    CHECK(mail(" SIZE=1 SIZE=1") == bad);
    CHECK(mail(" body=7bit BODY=8BITMIME") == bad);
    CHECK(rcpt(" SIZE=1") == "555 5.5.4");
    CHECK(rcpt(" NOTIFY=NEVER notify=NEVER") == bad);
}

TEST_CASE("hazard 45: what is no parameter is refused") {
    for (auto const* parameters : {" =", " =1", " -A=1", " SIZE==1", " A\tB", " SIZE=1\x01", " _", " BODY=", " BODY",
                                   " BODY=9BITMIME", " SMTPUTF8=1", " RET=SOME", " RET"})
        CHECK(mail(parameters) == bad);
    CHECK(mail("  SIZE=1   BODY=7BIT  ") == ok);
}

TEST_CASE("parameters of RFC 3461 are read") {
    CHECK(mail(" RET=HDRS ENVID=QQ314159") == ok);
    CHECK(mail(" ret=full") == ok);
    CHECK(mail(" ENVID=" + std::string(100, 'x')) == ok);
    CHECK(mail(" ENVID=" + std::string(101, 'x')) == bad);
    for (auto const* notify : {"NEVER", "SUCCESS", "success,FAILURE", "DELAY,SUCCESS,FAILURE"})
        CHECK(rcpt(" NOTIFY="s + notify) == "250 2.1.5");
    for (auto const* notify : {"", "NEVER,SUCCESS", "SUCCESS,", ",SUCCESS", "SUCCESS,,DELAY", "OFTEN"})
        CHECK(rcpt(" NOTIFY="s + notify) == bad);
    CHECK(rcpt(" ORCPT=rfc822;a+2Bb@x") == "250 2.1.5");
    for (auto const* orcpt : {"", "rfc822", ";a@x", "rfc822;", "rfc822;a+2", "rfc822;a+2b", "rfc822;a+G0", "r c;a"})
        CHECK(rcpt(" ORCPT="s + orcpt).substr(0, 3) != "250");
}

TEST_CASE("hazard 44: xtext that hides a control character is refused") {
    for (auto const* hidden : {"+0D+0ARCPT", "+0A", "+00", "+7F", "a+09b", "+1B", "+C3", "+FF"}) {
        CAPTURE(hidden);
        CHECK(mail(" ENVID="s + hidden) == bad);
        CHECK(rcpt(" ORCPT=rfc822;"s + hidden) == bad);
        server_engine::options o;
        o.offer_auth = o.auth_in_clear = true;
        CHECK(mail(" AUTH="s + hidden, o) == bad);
    }
    CHECK(mail(" ENVID=a+20b+2B+3D") == ok);
}

TEST_CASE("MAIL's AUTH is known where AUTH is offered") {
    server_engine::options o;
    o.offer_auth = o.auth_in_clear = true;
    CHECK(mail(" AUTH=<>", o) == ok);
    CHECK(mail(" AUTH=e+3Dmc2@example.com", o) == ok);
    CHECK(mail(" AUTH", o) == bad);
    CHECK(mail(" AUTH=<>") == "555 5.5.4");
}

TEST_CASE("ORCPT may hold UTF-8 where SMTPUTF8 was asked for") {
    CHECK(rcpt(" ORCPT=utf-8;测试@x", "MAIL FROM:<> SMTPUTF8") == "250 2.1.5");
    CHECK(rcpt(" ORCPT=utf-8;测试@x") == bad);
    CHECK(mail(" ENVID=测试 SMTPUTF8") == bad);
}
