#include "take_in.hpp"

#include <system_error>

namespace postrider::devserver {

caught_message take_in(new_message const& fresh, store& into, feed const& changes) {
    auto kept = into.add(fresh);
    changes.publish({change::added, kept});
    try {
        changes.publish(change::removed, into.prune_by_count());
    } catch (std::system_error const&) {
        // The new message is safe: who sent it need not know that old ones stay until the house is kept again.
    }
    return kept;
}

}  // namespace postrider::devserver
