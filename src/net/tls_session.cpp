#include "tls_session.hpp"

#include <openssl/err.h>
#include <poll.h>

#include <new>
#include <utility>

#include "descriptor.hpp"
#include "socket_bio.hpp"

namespace postrider::net {

tls_session::tls_session(tls_context_ptr context, patient_socket& socket)
    : context_(std::move(context)),
      ssl_(SSL_new(context_->native())),
      socket_(socket),
      room_(std::make_unique_for_overwrite<char[]>(tls_record_octets)) {
    auto* bio = ssl_ ? new_socket_bio(socket) : nullptr;
    if (!bio) throw std::bad_alloc();
    SSL_set_bio(ssl_.get(), bio, bio);
}

// OpenSSL's calls all go the same way: try, wait for what it wants, try again. `operation` returns what SSL_* returned.
template <class Operation>
error_code tls_session::repeat(Operation operation, deadline when) {
    for (;;) {
        ERR_clear_error();
        errno = 0;
        int outcome = operation();
        if (outcome > 0) return {};
        int wanted = SSL_get_error(ssl_.get(), outcome);
        if (wanted != SSL_ERROR_WANT_READ && wanted != SSL_ERROR_WANT_WRITE) return translate(wanted);
        auto const ec = wanted == SSL_ERROR_WANT_READ ? wait_until_ready(socket_.get(), POLLIN, when)
                                                      : socket_.wait_until_writable(when);
        if (ec) return ec;
    }
}

error_code tls_session::translate(int ssl_error) {
    int number = errno;
    if (ssl_error == SSL_ERROR_ZERO_RETURN) return io_errc::end_of_stream;
    broken_ = true;
    if (ssl_error == SSL_ERROR_SYSCALL) return number ? system_error_code(number) : io_errc::tls_truncated;
    if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return io_errc::tls_truncated;
    detail_ = failure_words(ssl_.get(), last_openssl_error());
    return io_errc::tls_failed;
}

error_code tls_session::handshake(std::string const& host, deadline when) {
    if (!expect_host(ssl_.get(), *context_, host, detail_)) return io_errc::tls_failed;
    auto ec = repeat([&] { return SSL_connect(ssl_.get()); }, when);
    if (ec == io_errc::tls_truncated) {
        detail_ = "the peer closed the connection during the handshake";
        return io_errc::tls_failed;
    }
    return ec;
}

error_code tls_session::write_all(std::span<std::string_view const> pieces, deadline when) {
    gatherer runs(pieces, std::span<char, tls_record_octets>(room_.get(), tls_record_octets));
    for (auto run = runs.next(); !run.empty(); run = runs.next())
        while (!run.empty()) {
            std::size_t written = 0;
            auto ec = repeat([&] { return SSL_write_ex(ssl_.get(), run.data(), run.size(), &written); }, when);
            if (ec) return ec;
            run.remove_prefix(written);
        }
    return {};
}

result<std::size_t> tls_session::read_some(std::span<char> room, deadline when) {
    std::size_t got = 0;
    auto ec = repeat([&] { return SSL_read_ex(ssl_.get(), room.data(), room.size(), &got); }, when);
    if (ec) return ec;
    return got;
}

void tls_session::say_goodbye() noexcept {
    // After a fatal error OpenSSL forbids SSL_shutdown.
    if (!broken_ && SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
    ERR_clear_error();
}

}  // namespace postrider::net
