#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <postrider/proto/proxy/header.hpp>
#include <string_view>

// What stands in front of a session, in pieces of any size. The reader must come to an end, ask for no octet that may
// not be its own, and say the same however the octets were cut.

namespace {

using postrider::proxy::header_reader;
using state = header_reader::state;

struct outcome {
    state last = state::more;
    std::size_t taken = 0;
    postrider::proxy::told_peer peer;
    friend bool operator==(outcome const&, outcome const&) = default;
};

outcome read(std::string_view octets, std::size_t at_once) {
    header_reader reader;
    outcome so_far;
    while (so_far.last == state::more && so_far.taken < octets.size()) {
        if (reader.wanted() == 0) std::abort();
        auto const count = std::min({reader.wanted(), octets.size() - so_far.taken, at_once});
        so_far.last = reader.consume(octets.substr(so_far.taken, count));
        so_far.taken += count;
    }
    if (so_far.last != state::more && reader.wanted() != 0) std::abort();
    so_far.peer = reader.peer();
    return so_far;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const said(reinterpret_cast<char const*>(data), size);
    auto const whole = read(said, said.size());
    auto const by_octets = read(said, 1);
    // A malformed header may be known for one in the middle of what was asked for.
    bool const same = whole.last == state::malformed ? by_octets.last == state::malformed : whole == by_octets;
    if (!same) std::abort();
    if (whole.last != state::done && !whole.peer.address.empty()) std::abort();
    return 0;
}
