#pragma once
#include <list>
#include <postrider/devserver/webhooks.hpp>
#include <string>

#include "feed.hpp"
#include "queue.hpp"

namespace postrider::devserver {

/// Tells all URLs of what the feed tells. The destructor waits for what is on its way, for limits::webhook_farewell at
/// most and the attempt that is being made.
class webhooks {
public:
    /// `options` and `changes` outlive it.
    webhooks(webhook_options const& options, feed& changes);

private:
    void take(change const&);

    std::list<webhook_queue> queues_;
    feed::subscription listening_;
};

}  // namespace postrider::devserver
