#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <postrider/sign/dkim/canonical.hpp>
#include <string>
#include <string_view>

#include "evp.hpp"

namespace postrider::dkim {

/// The hash of a body that comes piece by piece, of its first `covered` canonical octets.               RFC 6376 §3.7
class body_hash {
public:
    explicit body_hash(canonicalization how, std::uint64_t covered = std::numeric_limits<std::uint64_t>::max())
        : hash_(covered), canonical_(how, hash_) {}
    body_hash(body_hash const&) = delete;
    body_hash& operator=(body_hash const&) = delete;

    void put(std::string_view chunk) { canonical_.put(chunk); }

    /// 32 octets; once.
    std::string finish() {
        canonical_.finish();
        return hash_.finish();
    }

    /// Canonical octets in all, once it is finished.
    std::uint64_t size() const noexcept { return hash_.size(); }

private:
    class counting_hash final : public octet_sink {
    public:
        explicit counting_hash(std::uint64_t covered) noexcept : left_(covered) {}

        void put(std::string_view octets) override {
            std::size_t const some = static_cast<std::size_t>(std::min<std::uint64_t>(octets.size(), left_));
            hash_.put(octets.substr(0, some));
            left_ -= some;
            size_ += octets.size();
        }

        std::string finish() { return hash_.finish(); }
        std::uint64_t size() const noexcept { return size_; }

    private:
        sha256_stream hash_;
        std::uint64_t left_;
        std::uint64_t size_ = 0;
    };

    counting_hash hash_;
    body_canonicalizer canonical_;
};

}  // namespace postrider::dkim
