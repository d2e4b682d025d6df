#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <postrider/client/pool.hpp>
#include <postrider/client/smtp.hpp>
#include <string>
#include <vector>

namespace postrider::smtp {

/// A session that a pool keeps.
struct kept_session {
    client session;
    std::size_t messages = 0;
    std::chrono::steady_clock::time_point last_used{};
};

/// Who may send now, over what: everything of a pool that threads share. Nothing here talks to the server.
class pool_room {
public:
    using clock = std::chrono::steady_clock;

    explicit pool_room(pool_options const& options) : options_(options) {}

    /// A message's right to one session, which it gives back.
    class place {
    public:
        place(pool_room& room, std::vector<std::string> domains) noexcept
            : room_(&room), domains_(std::move(domains)) {}
        place(place&& other) noexcept
            : room_(std::exchange(other.room_, nullptr)), domains_(std::move(other.domains_)) {}
        ~place() {
            if (room_) room_->leave(domains_);
        }

    private:
        pool_room* room_;
        std::vector<std::string> domains_;
    };

    /// Waits until there is room, and for the message's turn. Nothing when the patience is at its end.
    std::optional<place> enter(std::vector<std::string> domains);

    /// The session that was used last, if there is one that is not too old.
    std::optional<kept_session> take();
    void keep(kept_session);

    /// Those that are not to be used any more; closing them may take time, and needs no lock.
    std::vector<kept_session> take_outdated();
    std::vector<kept_session> take_all();

    std::size_t idle() const;
    std::size_t in_use() const;

private:
    bool has_room_for(std::vector<std::string> const& domains) const;
    std::optional<clock::time_point> next_turn(std::optional<clock::time_point> until);
    void leave(std::vector<std::string> const& domains) noexcept;

    pool_options const& options_;
    mutable std::mutex lock_;
    std::condition_variable somebody_left_;
    std::vector<kept_session> idle_;  // in the order in which they were last used
    std::map<std::string, std::size_t, std::less<>> to_domain_;
    std::size_t in_use_ = 0;
    clock::time_point next_turn_{};
};

}  // namespace postrider::smtp
