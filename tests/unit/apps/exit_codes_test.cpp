#include "exit_codes.hpp"

#include <doctest/doctest.h>

#include <postrider/net/error.hpp>

#include "outcomes.hpp"

using namespace postrider::app;
using namespace postrider;
using enum smtp::errc;
using smtp::outcome;
using smtp::reply_of;

namespace {

int code_of(smtp::failure const& f) {
    return static_cast<int>(exit_code_of(f));
}
int code_of(smtp::report const& r, std::optional<smtp::failure> const& f = {}) {
    return static_cast<int>(exit_code_of(r, f));
}

auto const ok = recipient("a@x", outcome::accepted, reply_of(250, {}, "ok"));
auto const no = recipient("b@x", outcome::refused, reply_of(550, {}, "no"));
auto const later = recipient("c@x", outcome::refused, reply_of(451, {}, "later"));
auto const doubt = recipient("d@x", outcome::in_doubt);
auto const unsent = recipient("e@x", outcome::unsent);

}  // namespace

TEST_CASE("refusals decide the code of a message that was sent") {
    CHECK(code_of(report_of({ok, ok})) == 0);
    CHECK(code_of(report_of({ok, no})) == 1);
    CHECK(code_of(report_of({ok, later})) == 1);
    CHECK(code_of(report_of({no, no})) == 67);
    CHECK(code_of(report_of({no, later})) == 75);
    auto const all_refused = failed(recipients_refused, phase::rcpt_to, reply_of(550, {}, "no"));
    CHECK(code_of(report_of({no, no}), all_refused) == 67);
    CHECK(code_of(report_of({no, later}), all_refused) == 75);
}

TEST_CASE("in doubt is 75, whatever else is known") {
    CHECK(code_of(report_of({doubt, doubt}), failed(server_disconnected, phase::end_of_data)) == 75);
    CHECK(code_of(report_of({ok, doubt}), failed(server_disconnected, phase::end_of_data)) == 75);
    CHECK(code_of(report_of({no, doubt}), failed(response_error, phase::end_of_data)) == 75);
    auto lost = failed(response_error, phase::end_of_data);
    lost.in_doubt = true;
    CHECK(code_of(lost) == 75);
}

TEST_CASE("a host that is unknown is 68; a name server that is silent, and a port that is closed, are 75") {
    auto unknown = failed(connect_error, phase::resolve);
    unknown.cause = net::errc::host_unknown;
    CHECK(code_of(unknown) == 68);
    unknown.cause = net::errc::lookup_failed;
    CHECK(code_of(unknown) == 75);
    CHECK(code_of(failed(connect_error, phase::connect)) == 75);
    CHECK(code_of(failed(server_disconnected, phase::greeting)) == 75);
    CHECK(code_of(failed(timeout, phase::greeting)) == 75);
}

TEST_CASE("a server that refuses: for now 75, for good 69, without a login 77, in no words of SMTP 76") {
    for (auto const& [kind, where] : {std::pair{connect_error, phase::greeting},
                                      {helo_error, phase::hello},
                                      {sender_refused, phase::mail_from},
                                      {data_error, phase::data}}) {
        CHECK(code_of(failed(kind, where, reply_of(421, {}, "busy"))) == 75);
        CHECK(code_of(failed(kind, where, reply_of(554, {}, "never"))) == 69);
        CHECK(code_of(failed(kind, where, reply_of(530, {}, "log in first"))) == 77);
        CHECK(code_of(failed(kind, where, reply_of(-1, {}, "hello"))) == 76);
    }
}

TEST_CASE("logins, TLS, and the rest") {
    CHECK(code_of(failed(authentication_error, phase::auth, reply_of(535, {}, "no"))) == 77);
    CHECK(code_of(failed(authentication_error, phase::auth, reply_of(454, {}, "later"))) == 75);
    CHECK(code_of(failed(authentication_error, phase::auth)) == 77);
    CHECK(code_of(failed(tls_error, phase::tls)) == 76);
    CHECK(code_of(failed(tls_error, phase::starttls, reply_of(454, {}, "no"))) == 76);
    CHECK(code_of(failed(response_error, phase::rcpt_to)) == 76);
    CHECK(code_of(failed(not_supported, phase::mail_from)) == 69);
    CHECK(code_of(failed(invalid_argument, phase::mail_from)) == 65);
    CHECK(code_of(failed(content_error, phase::content)) == 74);
    CHECK(code_of(failed(cancelled, phase::content)) == 75);
}

TEST_CASE("a session that broke off before anybody answered goes by its failure") {
    CHECK(code_of(report_of({unsent, unsent}), failed(authentication_error, phase::auth, reply_of(535, {}, "no"))) ==
          77);
    CHECK(code_of(report_of({no, unsent}), failed(server_disconnected, phase::rcpt_to)) == 75);
    CHECK(code_of(report_of({unsent}), failed(recipients_refused, phase::rcpt_to, reply_of(421, {}, "bye"))) == 75);
}
