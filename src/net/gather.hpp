#pragma once
#include <algorithm>
#include <span>
#include <string_view>

namespace postrider::net {

inline constexpr std::size_t tls_record_octets = 16 * 1024;  ///< RFC 8446 §5.1: what one record carries at most

/// Cuts pieces into runs for TLS records: small pieces are copied together, since each run costs a record, and what
/// fills a record by itself is handed on as it lies.
class gatherer {
public:
    gatherer(std::span<std::string_view const> pieces, std::span<char, tls_record_octets> room) noexcept
        : pieces_(pieces), room_(room) {}

    /// The next run; empty at the end. It holds until the next call.
    std::string_view next() noexcept {
        std::size_t used = 0;
        while (!pieces_.empty() && used < room_.size()) {
            auto left = pieces_.front().substr(done_);
            if (used == 0 && left.size() >= room_.size()) return take(room_.size());
            auto part = take(std::min(left.size(), room_.size() - used));
            used += part.copy(room_.data() + used, part.size());
        }
        return {room_.data(), used};
    }

private:
    std::string_view take(std::size_t count) noexcept {
        auto part = pieces_.front().substr(done_, count);
        done_ += count;
        if (done_ == pieces_.front().size()) {
            pieces_ = pieces_.subspan(1);
            done_ = 0;
        }
        return part;
    }

    std::span<std::string_view const> pieces_;
    std::span<char, tls_record_octets> room_;
    std::size_t done_ = 0;
};

}  // namespace postrider::net
