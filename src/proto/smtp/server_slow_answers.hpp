#pragma once
#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace postrider::smtp::server_side {

/// Answers that are held back, or said octet by octet, in their order.
class slow_answers {
public:
    using milliseconds = std::chrono::milliseconds;

    bool empty() const noexcept { return waiting_.empty(); }
    void clear() noexcept { waiting_.clear(); }

    /// `before`   until its first octet
    /// `between`  before each octet, where that is not zero
    void add(std::string octets, milliseconds before = {}, milliseconds between = {}) {
        if (!octets.empty()) waiting_.push_back({std::move(octets), before, between});
    }

    /// What is to be written next; holds until `written`.
    struct part {
        std::string_view octets;
        milliseconds after;
    };
    part next() const noexcept {
        auto const& one = waiting_.front();
        if (one.between.count() == 0) return {one.octets, one.before};
        return {std::string_view(one.octets).substr(one.said, 1), one.between};
    }
    void written() {
        auto& one = waiting_.front();
        if (one.between.count() == 0 || ++one.said == one.octets.size()) waiting_.pop_front();
    }

private:
    struct answer {
        std::string octets;
        milliseconds before, between;
        std::size_t said = 0;
    };
    std::deque<answer> waiting_;
};

}  // namespace postrider::smtp::server_side
