#include <postrider/client/smtp_error.hpp>
#include <utility>

#include "client_core.hpp"

namespace postrider::smtp {

error::error(smtp::failure failure, smtp::report report)
    : std::runtime_error(to_string(failure)), failure_(std::move(failure)), report_(std::move(report)) {}

int error::smtp_code() const noexcept {
    return failure_.said ? failure_.said->code : -1;
}

std::string error::smtp_error() const {
    return failure_.said ? failure_.said->text() : std::string();
}

sender_refused::sender_refused(smtp::failure failure, smtp::report report, std::string sender)
    : response_error(std::move(failure), std::move(report)), sender_(std::move(sender)) {}

std::map<std::string, reply> recipients_refused::recipients() const {
    return refused_in(report());
}

void throw_error(failure why, report so_far, std::string sender) {
    switch (why.kind()) {
        case errc::connect_error: throw connect_error(std::move(why), std::move(so_far));
        case errc::helo_error: throw helo_error(std::move(why), std::move(so_far));
        case errc::authentication_error: throw authentication_error(std::move(why), std::move(so_far));
        case errc::sender_refused: throw sender_refused(std::move(why), std::move(so_far), std::move(sender));
        case errc::recipients_refused: throw recipients_refused(std::move(why), std::move(so_far));
        case errc::data_error: throw data_error(std::move(why), std::move(so_far));
        case errc::server_disconnected: throw server_disconnected(std::move(why), std::move(so_far));
        case errc::not_supported: throw not_supported(std::move(why), std::move(so_far));
        case errc::response_error: throw response_error(std::move(why), std::move(so_far));
        case errc::timeout: throw timeout(std::move(why), std::move(so_far));
        case errc::tls_error: throw tls_error(std::move(why), std::move(so_far));
        case errc::invalid_argument: throw invalid_argument(std::move(why), std::move(so_far));
        case errc::content_error: throw content_error(std::move(why), std::move(so_far));
        case errc::cancelled: throw cancelled(std::move(why), std::move(so_far));
    }
    throw error(std::move(why), std::move(so_far));
}

void throw_exception_from_error(failed const& why, boost::source_location const&) {
    throw_error(why.failure, why.report, why.sender);
}

}  // namespace postrider::smtp
