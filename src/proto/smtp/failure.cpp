#include <postrider/core/error.hpp>
#include <postrider/proto/smtp/escape.hpp>
#include <postrider/proto/smtp/failure.hpp>

namespace postrider::smtp {
namespace {

/// Whether a failure of this kind, without a reply that says otherwise, may pass by itself.
bool passes_by_itself(errc e) noexcept {
    return e == errc::connect_error || e == errc::server_disconnected || e == errc::timeout || e == errc::cancelled;
}

char const* words_of(errc e) noexcept {
    switch (e) {
        case errc::connect_error: return "no connection, or the server does not greet";
        case errc::helo_error: return "the server refuses EHLO and HELO";
        case errc::authentication_error: return "the login failed";
        case errc::sender_refused: return "the sender was refused";
        case errc::recipients_refused: return "every recipient was refused";
        case errc::data_error: return "the message was refused";
        case errc::server_disconnected: return "the connection is closed";
        case errc::not_supported: return "the server lacks an extension that is needed";
        case errc::response_error: return "the server's reply fits nowhere";
        case errc::timeout: return "the server did not answer in time";
        case errc::tls_error: return "no TLS";
        case errc::invalid_argument: return "an argument that must not be sent";
        case errc::content_error: return "the content could not be read to its end";
        case errc::cancelled: return "cancelled";
    }
    return "unknown error";
}

struct category_type final : std::error_category {
    char const* name() const noexcept override { return "postrider.smtp"; }
    std::string message(int value) const override { return words_of(static_cast<errc>(value)); }
    bool equivalent(int value, std::error_condition const& asked) const noexcept override {
        if (asked == make_error_condition(condition::transient)) return passes_by_itself(static_cast<errc>(value));
        if (asked == make_error_condition(condition::permanent)) return !passes_by_itself(static_cast<errc>(value));
        return default_error_condition(value) == asked;
    }
};

}  // namespace

std::error_category const& smtp_category() noexcept {
    static const category_type instance;
    return instance;
}

error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), smtp_category()};
}

char const* name_of(errc e) noexcept {
    switch (e) {
        case errc::connect_error: return "connect_error";
        case errc::helo_error: return "helo_error";
        case errc::authentication_error: return "authentication_error";
        case errc::sender_refused: return "sender_refused";
        case errc::recipients_refused: return "recipients_refused";
        case errc::data_error: return "data_error";
        case errc::server_disconnected: return "server_disconnected";
        case errc::not_supported: return "not_supported";
        case errc::response_error: return "response_error";
        case errc::timeout: return "timeout";
        case errc::tls_error: return "tls_error";
        case errc::invalid_argument: return "invalid_argument";
        case errc::content_error: return "content_error";
        case errc::cancelled: return "cancelled";
    }
    return "unknown";
}

bool failure::is_transient() const noexcept {
    if (in_doubt || (said && said->is_transient())) return true;
    if (said && said->is_permanent()) return false;
    return passes_by_itself(kind());
}

std::string to_string(failure const& f) {
    std::string line(to_string(f.where));
    line += ": ";
    if (f.said)
        line += escaped(to_string(*f.said));
    else
        line += f.detail.empty() ? f.code.message() : escaped(f.detail);
    line += std::string(" (") + name_of(f.kind()) + ')';
    if (f.in_doubt) line += ", in doubt: a repeat may double the message";
    return line;
}

}  // namespace postrider::smtp
