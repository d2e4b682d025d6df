#pragma once
#include "feed.hpp"
#include "store/arrival.hpp"
#include "store/store.hpp"

namespace postrider::devserver {

/// Keeps a message, tells who listens, and lets go of the oldest that it leaves no room for, which is told as well.
/// What the disk refuses throws std::system_error, and nothing was kept.
caught_message take_in(new_message const&, store&, feed const&);

}  // namespace postrider::devserver
