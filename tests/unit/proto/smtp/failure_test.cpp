#include <doctest/doctest.h>
#include <postrider/core/error.hpp>
#include <postrider/proto/smtp/failure.hpp>
#include <postrider/proto/smtp/report.hpp>

using namespace postrider::smtp;
using postrider::condition;
using postrider::phase;

TEST_CASE("a failure in one line") {
    failure f{.code = errc::sender_refused, .where = phase::mail_from, .radius = blast_radius::message};
    f.said = reply_of(550, enhanced_code{5, 7, 1}, "not you");
    CHECK(to_string(f) == "mail_from: 550 5.7.1 not you (sender_refused)");
    failure lost{.code = errc::server_disconnected, .where = phase::end_of_data, .in_doubt = true};
    lost.detail = "the peer closed\nthe connection";
    CHECK(to_string(lost) ==
          "end_of_data: the peer closed\\x0athe connection (server_disconnected), in doubt: a repeat may double the "
          "message");
    CHECK(to_string(failure{.code = errc::timeout, .where = phase::quit}) ==
          "quit: the server did not answer in time (timeout)");
}

TEST_CASE("what is worth another try") {
    auto with = [](errc code, int said) {
        failure f{.code = code};
        if (said) f.said = reply_of(said, {}, "");
        return f.is_transient();
    };
    CHECK(with(errc::sender_refused, 451));
    CHECK_FALSE(with(errc::sender_refused, 550));
    CHECK(with(errc::connect_error, 0));
    CHECK_FALSE(with(errc::connect_error, 554));
    CHECK(with(errc::server_disconnected, 0));
    CHECK(with(errc::timeout, 0));
    CHECK_FALSE(with(errc::tls_error, 0));
    CHECK(with(errc::tls_error, 454));
    CHECK_FALSE(with(errc::not_supported, 0));
    CHECK_FALSE(with(errc::invalid_argument, 0));
    CHECK(failure{.code = errc::response_error, .in_doubt = true}.is_transient());
}

TEST_CASE("an error code alone tells transient from permanent") {
    CHECK(make_error_code(errc::timeout) == condition::transient);
    CHECK(make_error_code(errc::not_supported) == condition::permanent);
    CHECK_FALSE(make_error_code(errc::not_supported) == condition::transient);
    CHECK(make_error_code(errc::data_error).message() == "the message was refused");
    CHECK(std::string(name_of(errc::recipients_refused)) == "recipients_refused");
}

TEST_CASE("a report sorts its recipients") {
    report r;
    r.recipients = {{.address = "a@x", .what = outcome::accepted, .said = reply_of(250, {}, "ok")},
                    {.address = "b@x", .what = outcome::refused, .said = reply_of(550, enhanced_code{5, 1, 1}, "no")},
                    {.address = "c@x"}};
    CHECK(r.accepted().size() == 1);
    CHECK(r.refused().front().address == "b@x");
    CHECK(r.unsent().front().address == "c@x");
    CHECK_FALSE(r.in_doubt());
    CHECK_FALSE(r.all_accepted());
    CHECK(to_string(r.recipients[1]) == "b@x: 550 5.1.1 no (rcpt_to)");
    CHECK(to_string(r.recipients[2]) == "c@x: unsent (rcpt_to)");
    r.recipients[2].what = outcome::in_doubt;
    CHECK(r.in_doubt());
}
