#include "blocking_stream.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <postrider/proto/step.hpp>
#include <utility>

namespace postrider::net {
namespace {

/// Pieces as the system wants them, and how far they have gone.
class iovec_queue {
public:
    explicit iovec_queue(std::span<std::string_view const> pieces) noexcept : pieces_(pieces) { skip_empty(); }

    bool empty() const noexcept { return pieces_.empty(); }

    std::span<iovec> front() noexcept {
        auto count = std::min(pieces_.size(), vectors_.size());
        for (std::size_t i = 0; i < count; ++i) vectors_[i] = {const_cast<char*>(pieces_[i].data()), pieces_[i].size()};
        auto& first = vectors_[0];
        first = {static_cast<char*>(first.iov_base) + done_, first.iov_len - done_};
        return {vectors_.data(), count};
    }

    void advance(std::size_t octets) noexcept {
        done_ += octets;
        while (!pieces_.empty() && done_ >= pieces_.front().size()) {
            done_ -= pieces_.front().size();
            pieces_ = pieces_.subspan(1);
        }
    }

private:
    void skip_empty() noexcept { advance(0); }

    std::span<std::string_view const> pieces_;
    std::size_t done_ = 0;
    std::array<iovec, 64> vectors_;
};

}  // namespace

error_code socket_stream::write_all(std::span<std::string_view const> pieces, deadline when) {
    if (!socket_) return noted(make_error_code(std::errc::not_connected));
    if (!secure_) return noted(write_in_clear(pieces, when));
    return noted(tls_->write_all(pieces, when));
}

result<std::size_t> socket_stream::read_some(std::span<char> room, deadline when) {
    if (!socket_) return noted(make_error_code(std::errc::not_connected));
    auto got = secure_ ? tls_->read_some(room, when) : read_in_clear(room, when);
    if (!got) noted(got.error());
    return got;
}

error_code socket_stream::start_tls(tls_context_ptr context, std::string const& host, deadline when) {
    if (!socket_) return noted(make_error_code(std::errc::not_connected));
    if (!context || secure_) return noted(make_error_code(std::errc::invalid_argument));
    tls_.emplace(std::move(context), link_);
    auto ec = tls_->handshake(host, when);
    secure_ = !ec;
    return noted(ec);
}

void socket_stream::close() noexcept {
    if (secure_) tls_->say_goodbye();
    secure_ = false;
    tls_.reset();
    socket_.close();
}

error_code socket_stream::noted(error_code ec) noexcept {
    if (!ec) return ec;
    bool tls_knows = tls_ && ec == io_errc::tls_failed && !tls_->detail().empty();
    detail_ = tls_knows ? tls_->detail() : ec.message();
    return ec;
}

error_code socket_stream::write_in_clear(std::span<std::string_view const> pieces, deadline when) {
    iovec_queue queue(pieces);
    while (!queue.empty()) {
        auto vectors = queue.front();
        msghdr message{};
        message.msg_iov = vectors.data();
        message.msg_iovlen = vectors.size();
        auto sent = ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL);
        if (sent >= 0) {
            queue.advance(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN) {
            if (auto ec = link_.wait_until_writable(when)) return ec;
        } else if (errno != EINTR) {
            return system_error_code();
        }
    }
    return {};
}

result<std::size_t> socket_stream::read_in_clear(std::span<char> room, deadline when) {
    for (;;) {
        auto got = link_.receive(room);
        if (got > 0) return static_cast<std::size_t>(got);
        if (got == 0) return make_error_code(io_errc::end_of_stream);
        if (errno == EAGAIN) {
            if (auto ec = wait_until_ready(socket_.get(), POLLIN, when)) return ec;
        } else if (errno != EINTR) {
            return system_error_code();
        }
    }
}

}  // namespace postrider::net
