#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::devserver {

/// Where a message stands in the store; later ones have greater numbers.
using place = std::int64_t;

/// What the account needs to know of a message.
struct ledger_entry {
    place at = 0;
    std::string inbox;
    bool unread = true;
    std::vector<std::string> tags;
};

/// The store's account of itself: how many messages there are, in which inbox, and in which order. Totals and the place
/// of a page's first row cost no look at the messages.
class ledger {
public:
    struct sums {
        std::uint64_t total = 0;
        std::uint64_t unread = 0;
    };

    /// `added`    behind all others
    void add(ledger_entry const& added);
    void remove(ledger_entry const& gone);
    void change(ledger_entry const& before, ledger_entry const& after);  ///< the same message
    void clear();

    // `inbox`    none: all of them
    sums count(std::optional<std::string_view> inbox = {}) const;
    /// Newest first.
    std::vector<place> page(std::optional<std::string_view> inbox, std::uint64_t limit, std::uint64_t offset) const;
    /// The next ones that are older than `than`, newest first.
    std::vector<place> older(std::optional<std::string_view> inbox, place than, std::uint64_t limit) const;
    std::vector<place> oldest(std::uint64_t count) const;

    std::map<std::string, sums, std::less<>> inboxes() const;
    std::map<std::string, std::uint64_t> const& tags() const noexcept { return tags_; }

private:
    struct shelf {
        std::deque<place> places;
        std::uint64_t unread = 0;
    };

    static void erase(shelf& from, ledger_entry const& gone);
    void count_tags(ledger_entry const& entry, bool add);
    shelf const& shelf_of(std::optional<std::string_view> inbox) const;

    shelf all_;
    std::map<std::string, shelf, std::less<>> inboxes_;
    std::map<std::string, std::uint64_t> tags_;
};

}  // namespace postrider::devserver
