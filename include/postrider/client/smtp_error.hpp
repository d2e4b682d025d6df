#pragma once
#include <map>
#include <postrider/core/result.hpp>
#include <postrider/proto/smtp/failure.hpp>
#include <postrider/proto/smtp/report.hpp>
#include <stdexcept>
#include <string>

namespace postrider::smtp {

/// What the throwing verbs throw: the failure, and the report of the message so far. One subclass for each smtp::errc,
/// with the same name; `what()` is the failure in one line, the server's words escaped.
class error : public std::runtime_error {
public:
    error(smtp::failure, smtp::report);

    smtp::failure const& failure() const noexcept { return failure_; }
    smtp::report const& report() const noexcept { return report_; }

    /// As smtplib: the reply's code, or -1 where the server said nothing; its text, lines joined with LF.
    int smtp_code() const noexcept;
    std::string smtp_error() const;

private:
    smtp::failure failure_;
    smtp::report report_;
};

// The hierarchy is smtplib's. What has no counterpart there stands directly below `error`.

/// The server's reply was not one that the command allows.
class response_error : public error {
    using error::error;
};
class connect_error : public response_error {
    using response_error::response_error;
};
class helo_error : public response_error {
    using response_error::response_error;
};
class authentication_error : public response_error {
    using response_error::response_error;
};
class data_error : public response_error {
    using response_error::response_error;
};
class sender_refused : public response_error {
public:
    sender_refused(smtp::failure, smtp::report, std::string sender = {});
    std::string const& sender() const noexcept { return sender_; }

private:
    std::string sender_;
};
/// Every recipient was refused. What each was told stands in recipients().
class recipients_refused : public error {
public:
    using error::error;
    std::map<std::string, reply> recipients() const;
};
class server_disconnected : public error {
    using error::error;
};
class not_supported : public error {
    using error::error;
};
class timeout : public error {
    using error::error;
};
class tls_error : public error {
    using error::error;
};
class invalid_argument : public error {
    using error::error;
};
class content_error : public error {
    using error::error;
};
class cancelled : public error {
    using error::error;
};

/// Why a value-returning verb has no value.
struct failed {
    smtp::failure failure;
    smtp::report report;  ///< outcomes so far; empty for verbs that send no message
    std::string sender;   ///< of the message, where there was one
};

/// `value()` throws the subclass of smtp::error that belongs to the failure.
template <class T>
using result = postrider::result<T, failed>;

[[noreturn]] void throw_error(failure, report, std::string sender = {});

/// Found by result<T>::value().
[[noreturn]] void throw_exception_from_error(failed const&, boost::source_location const&);

}  // namespace postrider::smtp
