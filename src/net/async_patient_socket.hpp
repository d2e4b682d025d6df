#pragma once
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <cstdint>
#include <memory>
#include <utility>

#include "inbox.hpp"

namespace postrider::net {

/// patient_socket's awaiting twin: what Asio's streams and operations take for the layer below them.
class async_patient_socket {
public:
    using socket_type = boost::asio::generic::stream_protocol::socket;
    using executor_type = socket_type::executor_type;
    using lowest_layer_type = socket_type::lowest_layer_type;

    explicit async_patient_socket(socket_type& socket) : socket_(socket), heard_(std::make_shared<heard>()) {}
    ~async_patient_socket() { ++heard_->turn; }
    async_patient_socket(async_patient_socket const&) = delete;

    executor_type get_executor() { return socket_.get_executor(); }
    lowest_layer_type& lowest_layer() { return socket_.lowest_layer(); }

    /// Servers do not: it would be they who keep what a client says that takes no answers.
    void listen_while_writing() noexcept { patient_ = true; }

    template <class Buffers, class Token>
    auto async_read_some(Buffers const& room, Token&& token) {
        return boost::asio::async_compose<Token, void(code, std::size_t)>(read_operation<Buffers>{*this, room}, token,
                                                                          socket_);
    }

    template <class Buffers, class Token>
    auto async_write_some(Buffers const& octets, Token&& token) {
        return boost::asio::async_compose<Token, void(code, std::size_t)>(write_operation<Buffers>{*this, octets},
                                                                          token, socket_);
    }

private:
    using code = boost::system::error_code;

    /// Outlives the socket in a handler that has been queued already.
    struct heard {
        inbox early;
        std::uint64_t turn = 0;  ///< handlers of an earlier one have nothing to say
    };

    template <class Buffers>
    struct read_operation {
        async_patient_socket& from;
        Buffers room;
        bool begun = false;
        std::size_t early = 0;

        template <class Self>
        void operator()(Self& self, code ec = {}, std::size_t got = 0) {
            if (begun) return self.complete(ec, early > 0 ? early : got);
            begun = true;
            early = from.hand_out(room);
            if (early > 0) return boost::asio::post(from.get_executor(), std::move(self));
            from.socket_.async_read_some(room, std::move(self));
        }
    };

    template <class Buffers>
    struct write_operation {
        async_patient_socket& to;
        Buffers octets;
        enum { untried, taken_at_once, waiting } now = untried;
        code failed{};
        std::size_t taken = 0;

        template <class Self>
        void operator()(Self& self, code ec = {}, std::size_t written = 0) {
            if (now == taken_at_once) return self.complete(failed, taken);
            if (now == waiting) {
                to.stop_listening();
                return self.complete(ec, written);
            }
            taken = to.write_at_once(octets, failed);
            if (failed != boost::asio::error::would_block) {
                now = taken_at_once;
                return boost::asio::post(to.get_executor(), std::move(self));
            }
            now = waiting;
            to.listen();
            to.socket_.async_write_some(octets, std::move(self));
        }
    };

    template <class Buffers>
    std::size_t hand_out(Buffers const& room) {
        std::size_t count = 0;
        for (auto one = boost::asio::buffer_sequence_begin(room); one != boost::asio::buffer_sequence_end(room);
             ++one) {
            boost::asio::mutable_buffer const into(*one);
            if (!heard_->early.empty()) count += heard_->early.hand_out({static_cast<char*>(into.data()), into.size()});
        }
        return count;
    }

    /// error::would_block where that takes waiting.
    template <class Buffers>
    std::size_t write_at_once(Buffers const& octets, code& ec) {
        if (!socket_.non_blocking()) socket_.non_blocking(true, ec);
        return ec ? 0 : socket_.write_some(octets, ec);
    }

    void listen();
    void take();
    void stop_listening() {
        ++heard_->turn;
        stop_.emit(boost::asio::cancellation_type::all);
    }

    socket_type& socket_;
    std::shared_ptr<heard> heard_;
    boost::asio::cancellation_signal stop_;
    bool patient_ = false;
};

}  // namespace postrider::net
