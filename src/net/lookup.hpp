#pragma once
#include <future>
#include <postrider/net/stream.hpp>
#include <vector>

#include "address_list.hpp"
#include "descriptor.hpp"

namespace postrider::net {

/// A name that is being looked up on a thread of its own, since nothing can interrupt getaddrinfo. Whoever no longer
/// wants the answer just drops this: the thread ends by itself as soon as the system lets go of it.
class lookup {
public:
    /// `by`   as connect_options::lookup
    lookup(endpoint const&, name_lookup by);

    /// Becomes readable when the answer is there; it is none where the system had no room for a pipe, and the answer
    /// that.
    descriptor& ready() noexcept { return ready_; }
    /// Then the answer; earlier it blocks.
    result<std::vector<socket_address>> take() { return answer_.get(); }

private:
    descriptor ready_;
    std::future<result<std::vector<socket_address>>> answer_;
};

}  // namespace postrider::net
