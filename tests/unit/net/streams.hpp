#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <postrider/net/async_stream.hpp>
#include <postrider/net/stream.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Both kinds of stream behind one set of calls, so that one list of cases holds for both.
namespace postrider::test {

inline net::deadline within(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}
inline constexpr std::chrono::milliseconds soon{3000}, at_once{100};

/// Runs a coroutine to its end on a context of the caller's thread.
template <class T>
T run(boost::asio::io_context& context, boost::asio::awaitable<T> what) {
    std::optional<T> value;
    std::exception_ptr thrown;
    boost::asio::co_spawn(context, std::move(what), [&](std::exception_ptr e, T v) {
        thrown = e;
        value = std::move(v);
    });
    context.restart();
    context.run();
    if (thrown) std::rethrow_exception(thrown);
    return *std::move(value);
}

class blocking_front {
public:
    error_code connect(net::endpoint const& where, net::connect_options const& options = {},
                       std::chrono::milliseconds time = soon) {
        auto made = net::connect(where, options, within(time), why);
        if (!made) return made.error();
        stream_ = *std::move(made);
        return {};
    }
    error_code write(std::vector<std::string_view> pieces, std::chrono::milliseconds time = soon) {
        return stream_->write_all(pieces, within(time));
    }
    result<std::size_t> read(std::span<char> room, std::chrono::milliseconds time = soon) {
        return stream_->read_some(room, within(time));
    }
    error_code start_tls(net::tls_context_ptr tls, std::string const& host, std::chrono::milliseconds time = soon) {
        return stream_->start_tls(std::move(tls), host, within(time));
    }
    void finish() { stream_->close(); }  ///< in good form
    net::blocking_stream& stream() { return *stream_; }
    std::string why;

private:
    std::unique_ptr<net::blocking_stream> stream_;
};

class awaiting_front {
public:
    error_code connect(net::endpoint const& where, net::connect_options const& options = {},
                       std::chrono::milliseconds time = soon) {
        auto made = run(context_, do_connect(where, options, time));
        if (made) return made;
        return {};
    }
    error_code write(std::vector<std::string_view> pieces, std::chrono::milliseconds time = soon) {
        return run(context_, stream_->write_all(pieces, within(time)));
    }
    result<std::size_t> read(std::span<char> room, std::chrono::milliseconds time = soon) {
        return run(context_, stream_->read_some(room, within(time)));
    }
    error_code start_tls(net::tls_context_ptr tls, std::string const& host, std::chrono::milliseconds time = soon) {
        return run(context_, stream_->start_tls(std::move(tls), host, within(time)));
    }
    void finish() {
        boost::asio::co_spawn(context_, stream_->shut_down(within(soon)), [](std::exception_ptr) {});
        context_.restart();
        context_.run();
    }
    net::async_stream& stream() { return *stream_; }
    boost::asio::io_context& context() { return context_; }
    std::string why;

private:
    boost::asio::awaitable<error_code> do_connect(net::endpoint const& where, net::connect_options const& options,
                                                  std::chrono::milliseconds time) {
        auto made = co_await net::async_connect(where, options, within(time), why);
        if (!made) co_return made.error();
        stream_ = *std::move(made);
        co_return error_code();
    }

    boost::asio::io_context context_;
    std::optional<net::async_stream> stream_;
};

template <class Front>
std::string read_until(Front& front, std::size_t size) {
    std::string all;
    char room[16 * 1024];
    while (all.size() < size) {
        auto got = front.read(room);
        if (!got) break;
        all.append(room, *got);
    }
    return all;
}

}  // namespace postrider::test
