#include "stdio_session.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <postrider/core/limits.hpp>
#include <postrider/net/drive.hpp>
#include <postrider/proto/smtp/server_engine.hpp>

namespace postrider::app {
namespace {

error_code last_error() noexcept {
    return {errno, std::generic_category()};
}

/// stdin and stdout as one connection; there is no TLS over it.
class stdio_stream final : public net::blocking_stream {
public:
    error_code write_all(std::span<std::string_view const> pieces, net::deadline) override {
        for (std::string_view rest : pieces) {
            while (!rest.empty()) {
                auto const written = ::write(STDOUT_FILENO, rest.data(), rest.size());
                if (written < 0 && errno == EINTR) continue;
                if (written < 0) return last_error();
                rest.remove_prefix(static_cast<std::size_t>(written));
            }
        }
        return {};
    }

    result<std::size_t> read_some(std::span<char> room, net::deadline until) override {
        for (;;) {
            auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
            pollfd waiting{STDIN_FILENO, POLLIN, 0};
            int const ready = ::poll(&waiting, 1, static_cast<int>(std::clamp<long long>(left.count(), 0, 1 << 30)));
            if (ready == 0) return make_error_code(io_errc::timed_out);
            auto const got = ready < 0 ? ready : ::read(STDIN_FILENO, room.data(), room.size());
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return last_error();
            if (got == 0) return make_error_code(io_errc::end_of_stream);
            return static_cast<std::size_t>(got);
        }
    }

    error_code start_tls(net::tls_context_ptr, std::string const&, net::deadline) override {
        return std::make_error_code(std::errc::operation_not_supported);
    }
    void close() noexcept override {}
    bool is_open() const noexcept override { return true; }
    bool secure() const noexcept override { return false; }
    std::string const& last_error_detail() const noexcept override { return nothing_; }
    std::string tls_description() const override { return {}; }
    std::optional<net::tls_peer> tls_peer() const override { return std::nullopt; }

private:
    std::string nothing_;
};

class submissions final : public smtp::server_handler {
public:
    explicit submissions(submit_message const& submit) : submit_(submit) {}

    smtp::reply rcpt(smtp::envelope const&, smtp::forward_path const&) override {
        return smtp::reply_of(250, smtp::enhanced_code{2, 1, 5}, "ok");
    }
    error_code content(std::string_view octets) override {
        octets_ += octets;
        return {};
    }
    smtp::reply end_content(smtp::envelope const& who) override { return submit_(who, std::exchange(octets_, {})); }
    void abort() noexcept override { octets_.clear(); }

private:
    submit_message const& submit_;
    std::string octets_;
};

}  // namespace

exit_code serve_on_stdio(std::string const& hostname, submit_message const& submit) {
    stdio_stream io;
    submissions handler(submit);
    smtp::server_engine::options options;
    options.hostname = hostname;
    options.strict_line_ends = false;  // programs on this machine, not the world: a lone LF is a line end to them
    smtp::server_engine engine(std::move(options), handler);
    auto const ended = net::drive(engine, io, net::phase_timeouts(), nullptr, hostname);
    bool const client_left = ended == io_errc::end_of_stream;
    return !ended || client_left ? exit_code::ok : exit_code::io_error;
}

}  // namespace postrider::app
