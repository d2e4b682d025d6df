#pragma once
#include <functional>
#include <list>
#include <postrider/devserver/catch_all.hpp>
#include <vector>

namespace postrider::devserver {

/// What happened to the store, or to the rules.
struct change {
    enum kinds { added, changed, removed, cleared, faults } kind;  ///< faults: another rule, or one less
    caught_message message;  ///< `cleared` (many went or changed) and `faults` have none
};

/// Tells whoever listens of each change, as it happens. For one thread; outlives its subscriptions.
class feed {
    using listener = std::function<void(change const&)>;

public:
    /// Ends with its holder's scope.
    class subscription {
    public:
        subscription(feed& in, listener call)
            : feed_(in), place_(in.listeners_.insert(in.listeners_.end(), std::move(call))) {}
        ~subscription() { feed_.listeners_.erase(place_); }
        subscription(subscription const&) = delete;

    private:
        feed& feed_;
        std::list<listener>::iterator place_;
    };

    /// A listener must neither subscribe nor end a subscription from within its call.
    void publish(change const& news) const {
        for (auto const& call : listeners_) call(news);
    }

    /// The same happened to all of them. More than can be told one by one are told as `cleared`: who listens asks anew.
    void publish(change::kinds kind, std::vector<caught_message> const& all) const {
        constexpr std::size_t most_events = 100;
        if (all.size() > most_events) return publish({change::cleared, {}});
        for (auto const& one : all) publish({kind, one});
    }

private:
    std::list<listener> listeners_;
};

}  // namespace postrider::devserver
