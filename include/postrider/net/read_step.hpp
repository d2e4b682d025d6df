#pragma once
#include <cstddef>
#include <postrider/core/result.hpp>
#include <postrider/net/stream.hpp>
#include <postrider/proto/step.hpp>

namespace postrider::net {

/// When a read ends at the latest: what must not wait is past its time as it begins.
/// `timeouts` as `drive` takes them
template <class Timeouts>
deadline end_of(need_bytes const& read, Timeouts const& timeouts) {
    return read.may_wait ? timeouts.until(read.why) : deadline();
}

/// What the engine is told of it. That nothing was there is no error of a read that did not want to wait.
inline io_done outcome_of(need_bytes const& read, result<std::size_t> const& got) {
    if (got) return {{}, *got};
    bool const found_nothing = !read.may_wait && got.error() == io_errc::timed_out;
    return found_nothing ? io_done{} : io_done{got.error()};
}

}  // namespace postrider::net
