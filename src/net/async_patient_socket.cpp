#include "async_patient_socket.hpp"

#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>

namespace postrider::net {

void async_patient_socket::listen() {
    if (!patient_ || !heard_->early.has_room()) return;
    auto on_octets = [this, heard = heard_, turn = heard_->turn](code const& ec) {
        if (!ec && turn == heard->turn) take();
    };
    socket_.async_wait(socket_type::wait_read, boost::asio::bind_cancellation_slot(stop_.slot(), std::move(on_octets)));
}

void async_patient_socket::take() {
    std::array<char, 4096> room;
    code ec;
    auto const got = socket_.read_some(boost::asio::buffer(room), ec);
    heard_->early.add({room.data(), got});
    // The end, and what broke, will be there when it is read; whoever writes finds out by himself.
    if (!ec || ec == boost::asio::error::would_block) listen();
}

}  // namespace postrider::net
