#pragma once
#include <optional>
#include <postrider/proto/smtp/failure.hpp>
#include <postrider/proto/smtp/report.hpp>
#include <stdexcept>
#include <string>

namespace postrider::app {

/// How the program ends: the codes of sysexits.h, as sendmail and msmtp use them.
enum class exit_code : int {
    ok = 0,              ///< every recipient accepted
    some_refused = 1,    ///< some accepted, some refused
    usage = 64,          ///< the command line makes no sense
    bad_data = 65,       ///< the message or an address is not what it must be
    no_input = 66,       ///< a file to be read is not there
    no_user = 67,        ///< every recipient refused for good
    no_host = 68,        ///< the server's name is not known
    unavailable = 69,    ///< the server is not for us, or refused for good
    io_error = 74,       ///< a file failed while it was read or written
    try_later = 75,      ///< the same may work later; also when the message is in doubt
    protocol = 76,       ///< the peer does not speak SMTP, or TLS failed
    no_permission = 77,  ///< login refused
    config = 78,         ///< the configuration file is wrong
};

/// The exit code for one message: what became of it, and the failure of the session if there was one.
exit_code exit_code_of(smtp::report const&, std::optional<smtp::failure> const&);

/// The exit code for a session that failed before there was a message.
exit_code exit_code_of(smtp::failure const&);

/// Something this side did wrong: arguments, files, configuration. Told in one line, what first and then what to do.
class error : public std::runtime_error {
public:
    error(exit_code code, std::string const& what, std::string advice = {})
        : std::runtime_error(what), code_(code), advice_(std::move(advice)) {}
    exit_code code() const noexcept { return code_; }
    std::string const& advice() const noexcept { return advice_; }

private:
    exit_code code_;
    std::string advice_;
};

/// "usage_error", "no_input"...: the `type` in JSON of what this side did wrong.
char const* name_of(exit_code) noexcept;

}  // namespace postrider::app
