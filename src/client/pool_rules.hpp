#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <postrider/client/pool.hpp>
#include <string>
#include <vector>

namespace postrider::smtp {

/// Who may send now: what is counted of the messages on their way, and at which pace they leave. Both pools keep these
/// rules; each waits in its own manner. Knows no clock and no lock.
class pool_rules {
public:
    using clock = std::chrono::steady_clock;

    explicit pool_rules(pool_options const& options) : options_(options) {}

    bool has_room_for(std::vector<std::string> const& domains) const;
    void enter(std::vector<std::string> const& domains);
    void leave(std::vector<std::string> const& domains) noexcept;

    /// When the next message may leave: one interval behind the one before. A turn that would come too late is not taken.
    std::optional<clock::time_point> next_turn(clock::time_point now, std::optional<clock::time_point> until);

    std::size_t in_use() const noexcept { return in_use_; }

private:
    pool_options const& options_;
    std::map<std::string, std::size_t, std::less<>> to_domain_;
    std::size_t in_use_ = 0;
    clock::time_point next_turn_{};
};

/// The URL that a pool is given.          throws     smtp::invalid_argument for text that is none
server_url parsed_for_pool(std::string_view text);

/// What both pools make of their options: sessions share what they know of TLS.
/// throws     smtp::invalid_argument for those that make no sense
pool_options checked_for_pool(server_url const&, pool_options);

/// Those of the recipients, each once; none where no cap counts them.
std::vector<std::string> domains_for(pool_options const&, mime::message const&);
std::vector<std::string> domains_for(pool_options const&, envelope const&);

/// The message waited for longer than it had patience.
failed no_room();

/// The link had ended before anything was decided, so that another session may take the message.
bool was_stale(failed const&);

}  // namespace postrider::smtp
