#include "json_report.hpp"

#include <doctest/doctest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "outcomes.hpp"

using namespace postrider::app;
using namespace postrider;
using smtp::outcome;
using smtp::reply_of;
namespace json = boost::json;

namespace {

send_outcome two_recipients() {
    send_outcome o;
    o.server = "smtp://mx.example:587";
    o.report =
        report_of({recipient("a@x", outcome::accepted, reply_of(250, smtp::enhanced_code{2, 0, 0}, "ok")),
                   recipient("b@x", outcome::refused, reply_of(451, {}, "later")), recipient("c@x", outcome::unsent)});
    o.report.message_id = "<1@me>";
    o.report.size = 1234;
    return o;
}

}  // namespace

TEST_CASE("the document has every member, nulls for what is absent, and keeps the order") {
    CHECK(json::serialize(to_json(two_recipients())) ==
          R"({"server":"smtp://mx.example:587","message_id":"<1@me>","size":1234,)"
          R"("accepted":[{"address":"a@x","code":250,"enhanced":"2.0.0","text":"ok"}],)"
          R"("refused":[{"address":"b@x","code":451,"enhanced":null,"text":"later","transient":true}],)"
          R"("unsent":["c@x"],"in_doubt":false,"error":null})");
}

TEST_CASE("a failure is told by its name, its phase and the server's words") {
    send_outcome o = two_recipients();
    o.failure =
        failed(smtp::errc::authentication_error, phase::auth, reply_of(535, smtp::enhanced_code{5, 7, 8}, "no"));
    CHECK(json::serialize(to_json(o)["error"]) ==
          R"({"type":"authentication_error","phase":"auth","code":535,"enhanced":"5.7.8","text":"no"})");
    o.failure = failed(smtp::errc::connect_error, phase::connect);
    o.failure->detail = "connection refused";
    CHECK(json::serialize(to_json(o)["error"]) ==
          R"({"type":"connect_error","phase":"connect","code":null,"enhanced":null,"text":"connection refused"})");
}

TEST_CASE("in doubt: nobody stands in accepted, refused or unsent") {
    send_outcome o;
    o.report = report_of({recipient("a@x", outcome::in_doubt)});
    auto const document = to_json(o);
    CHECK(document.at("in_doubt").as_bool());
    for (char const* list : {"accepted", "refused", "unsent"}) CHECK(document.at(list).as_array().empty());
}

TEST_CASE("what a server says in no charset still makes valid JSON") {
    send_outcome o;
    o.report = report_of({recipient("a\xff@x", outcome::refused, reply_of(550, {}, "\xb2\xbb \x01\"\\"))});
    std::string const text = json::serialize(to_json(o));
    CHECK_NOTHROW(json::parse(text));
    CHECK(json::parse(text).at("refused").at(0).at("text").as_string() == "\xef\xbf\xbd\xef\xbf\xbd \x01\"\\");
}

TEST_CASE("what went wrong on this side has the same shape") {
    auto const document = to_json(error(exit_code::no_input, "cannot read x"));
    for (char const* member : {"server", "message_id", "size", "accepted", "refused", "unsent", "in_doubt", "error"})
        CHECK_MESSAGE(document.contains(member), member);
    CHECK(document.at("error").at("type") == "no_input");
    CHECK(document.at("error").at("text") == "cannot read x");
}
