#include "ledger.hpp"

#include <algorithm>

namespace postrider::devserver {
namespace {

std::vector<place> newest_first(std::deque<place> const& places, std::size_t end, std::uint64_t limit) {
    auto const count = static_cast<std::size_t>(std::min<std::uint64_t>(limit, end));
    auto const last = places.rend() - static_cast<std::ptrdiff_t>(end);
    return {last, last + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace

void ledger::add(ledger_entry const& added) {
    for (auto* in : {&all_, &inboxes_[added.inbox]}) {
        in->places.push_back(added.at);
        in->unread += added.unread;
    }
    count_tags(added, true);
}

void ledger::erase(shelf& from, ledger_entry const& gone) {
    auto const found = std::lower_bound(from.places.begin(), from.places.end(), gone.at);
    if (found == from.places.end() || *found != gone.at) return;
    from.places.erase(found);
    from.unread -= gone.unread;
}

void ledger::remove(ledger_entry const& gone) {
    erase(all_, gone);
    auto& inbox = inboxes_[gone.inbox];
    erase(inbox, gone);
    if (inbox.places.empty()) inboxes_.erase(gone.inbox);
    count_tags(gone, false);
}

void ledger::change(ledger_entry const& before, ledger_entry const& after) {
    for (auto* in : {&all_, &inboxes_[before.inbox]}) in->unread += std::uint64_t{after.unread} - before.unread;
    count_tags(before, false);
    count_tags(after, true);
}

void ledger::clear() {
    *this = ledger();
}

void ledger::count_tags(ledger_entry const& entry, bool add) {
    for (auto const& tag : entry.tags) {
        auto const counted = tags_.try_emplace(tag).first;
        counted->second += add ? 1 : -1;
        if (counted->second == 0) tags_.erase(counted);
    }
}

ledger::shelf const& ledger::shelf_of(std::optional<std::string_view> inbox) const {
    static shelf const nothing;
    if (!inbox) return all_;
    auto const found = inboxes_.find(*inbox);
    return found == inboxes_.end() ? nothing : found->second;
}

ledger::sums ledger::count(std::optional<std::string_view> inbox) const {
    auto const& mail = shelf_of(inbox);
    return {mail.places.size(), mail.unread};
}

std::vector<place> ledger::page(std::optional<std::string_view> inbox, std::uint64_t limit,
                                std::uint64_t offset) const {
    auto const& places = shelf_of(inbox).places;
    auto const skipped = static_cast<std::size_t>(std::min<std::uint64_t>(offset, places.size()));
    return newest_first(places, places.size() - skipped, limit);
}

std::vector<place> ledger::older(std::optional<std::string_view> inbox, place than, std::uint64_t limit) const {
    auto const& places = shelf_of(inbox).places;
    auto const end = std::lower_bound(places.begin(), places.end(), than);
    return newest_first(places, static_cast<std::size_t>(end - places.begin()), limit);
}

std::vector<place> ledger::oldest(std::uint64_t count) const {
    auto const most = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(count, all_.places.size()));
    return {all_.places.begin(), all_.places.begin() + most};
}

std::map<std::string, ledger::sums, std::less<>> ledger::inboxes() const {
    std::map<std::string, sums, std::less<>> counted;
    for (auto const& [name, mail] : inboxes_) counted[name] = {mail.places.size(), mail.unread};
    return counted;
}

}  // namespace postrider::devserver
