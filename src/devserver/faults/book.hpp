#pragma once
#include <cstdint>
#include <optional>
#include <postrider/devserver/fault_rule.hpp>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::devserver {

/// The faults that are in force, and how often each has struck. What a rule leaves to chance is drawn from numbers of
/// its own, which the seed and the order of rules decide: the same dialogue meets the same faults. For one thread.
class fault_book {
public:
    struct entry {
        std::string id;
        fault_rule rule;
        std::mt19937_64 numbers;
        std::uint64_t seen = 0;  ///< answers that it speaks of
        std::uint64_t met = 0;   ///< those that it struck

        /// How often it may still strike; nothing where there is no end to it.
        std::optional<std::uint64_t> left() const noexcept;
    };

    explicit fault_book(std::uint64_t seed) noexcept : seed_(seed) {}

    std::uint64_t seed() const noexcept { return seed_; }
    std::vector<entry> const& entries() const noexcept { return entries_; }
    bool empty() const noexcept { return entries_.empty(); }

    /// Behind all others: the first rule that strikes decides.
    entry const& add(fault_rule);
    bool remove(std::string_view id);
    void clear() noexcept { entries_.clear(); }

    /// Which rule strikes here, if one does. `about`: what its pattern is compared with.
    /// returns    nullptr, or an entry, which holds until the book is changed.
    entry* strike(fault_rule::stages, std::span<std::string_view const> about = {});

private:
    std::uint64_t seed_;
    std::uint64_t added_ = 0;
    std::vector<entry> entries_;
};

}  // namespace postrider::devserver
