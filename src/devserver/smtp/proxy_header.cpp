#include "proxy_header.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace postrider::devserver {

boost::asio::awaitable<std::optional<proxy::told_peer>> read_proxy_header(net::async_stream& stream,
                                                                          net::deadline when) {
    using state = proxy::header_reader::state;
    proxy::header_reader reader;
    std::array<char, 512> room;
    for (auto last = state::more; last != state::done;) {
        auto const got = co_await stream.read_some(std::span(room).first(std::min(room.size(), reader.wanted())), when);
        if (!got) co_return std::nullopt;
        last = reader.consume({room.data(), *got});
        if (last == state::malformed) co_return std::nullopt;
    }
    co_return reader.peer();
}

}  // namespace postrider::devserver
