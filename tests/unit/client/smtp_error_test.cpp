#include <doctest/doctest.h>

#include <postrider/client/smtp_error.hpp>

using namespace postrider;

namespace {

smtp::failure failure_of(smtp::errc code) {
    smtp::failure why;
    why.code = code;
    return why;
}

template <class Exception>
bool throws(smtp::errc code) {
    try {
        smtp::throw_error(failure_of(code), {});
    } catch (Exception const& caught) {
        return caught.failure().code == code && typeid(caught) == typeid(Exception);
    }
}

}  // namespace

TEST_CASE("each failure has an exception of its name") {
    CHECK(throws<smtp::connect_error>(smtp::errc::connect_error));
    CHECK(throws<smtp::helo_error>(smtp::errc::helo_error));
    CHECK(throws<smtp::authentication_error>(smtp::errc::authentication_error));
    CHECK(throws<smtp::sender_refused>(smtp::errc::sender_refused));
    CHECK(throws<smtp::recipients_refused>(smtp::errc::recipients_refused));
    CHECK(throws<smtp::data_error>(smtp::errc::data_error));
    CHECK(throws<smtp::server_disconnected>(smtp::errc::server_disconnected));
    CHECK(throws<smtp::not_supported>(smtp::errc::not_supported));
    CHECK(throws<smtp::response_error>(smtp::errc::response_error));
    CHECK(throws<smtp::timeout>(smtp::errc::timeout));
    CHECK(throws<smtp::tls_error>(smtp::errc::tls_error));
    CHECK(throws<smtp::invalid_argument>(smtp::errc::invalid_argument));
    CHECK(throws<smtp::content_error>(smtp::errc::content_error));
    CHECK(throws<smtp::cancelled>(smtp::errc::cancelled));
}

TEST_CASE("the hierarchy is smtplib's") {
    CHECK(std::is_base_of_v<smtp::response_error, smtp::sender_refused>);
    CHECK(std::is_base_of_v<smtp::response_error, smtp::data_error>);
    CHECK(std::is_base_of_v<smtp::response_error, smtp::connect_error>);
    CHECK(std::is_base_of_v<smtp::response_error, smtp::helo_error>);
    CHECK(std::is_base_of_v<smtp::response_error, smtp::authentication_error>);
    CHECK_FALSE(std::is_base_of_v<smtp::response_error, smtp::recipients_refused>);
    CHECK_FALSE(std::is_base_of_v<smtp::response_error, smtp::server_disconnected>);
}

TEST_CASE("an exception carries the server's words as smtplib has them") {
    auto why = failure_of(smtp::errc::sender_refused);
    why.said = smtp::reply_of(550, {}, "a\nb");
    smtp::sender_refused refused(why, {}, "f@x");
    CHECK(refused.smtp_code() == 550);
    CHECK(refused.smtp_error() == "a\nb");
    CHECK(refused.sender() == "f@x");
    smtp::server_disconnected silent(failure_of(smtp::errc::server_disconnected), {});
    CHECK(silent.smtp_code() == -1);
    CHECK(silent.smtp_error().empty());
}

TEST_CASE("a value that is not there throws its failure") {
    smtp::result<int> none = smtp::failed{failure_of(smtp::errc::timeout), {}, {}};
    CHECK_THROWS_AS(none.value(), smtp::timeout);
    CHECK(smtp::result<int>(7).value() == 7);
}
