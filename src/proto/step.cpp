#include <postrider/proto/step.hpp>
#include <string>

namespace postrider {
namespace {

struct io_category_type final : std::error_category {
    char const* name() const noexcept override { return "postrider.io"; }
    std::string message(int value) const override {
        switch (static_cast<io_errc>(value)) {
            case io_errc::end_of_stream: return "the peer closed the connection";
            case io_errc::timed_out: return "the deadline passed";
            case io_errc::cancelled: return "cancelled";
            case io_errc::tls_failed: return "TLS failed";
            case io_errc::tls_truncated: return "the TLS connection was cut";
        }
        return "unknown error";
    }
};

}  // namespace

std::string_view to_string(phase p) noexcept {
    switch (p) {
        case phase::resolve: return "resolve";
        case phase::connect: return "connect";
        case phase::tls: return "tls";
        case phase::greeting: return "greeting";
        case phase::hello: return "hello";
        case phase::starttls: return "starttls";
        case phase::auth: return "auth";
        case phase::mail_from: return "mail_from";
        case phase::rcpt_to: return "rcpt_to";
        case phase::data: return "data";
        case phase::content: return "content";
        case phase::end_of_data: return "end_of_data";
        case phase::rset: return "rset";
        case phase::command: return "command";
        case phase::quit: return "quit";
    }
    return "unknown";
}

std::error_category const& io_category() noexcept {
    static const io_category_type instance;
    return instance;
}

error_code make_error_code(io_errc e) noexcept {
    return {static_cast<int>(e), io_category()};
}

}  // namespace postrider
