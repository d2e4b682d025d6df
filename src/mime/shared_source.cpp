#include "shared_source.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace postrider::mime {
namespace {

class source_of_shared final : public octet_source {
public:
    explicit source_of_shared(shared_octets octets) noexcept : octets_(std::move(octets)) {}
    std::uint64_t size() const noexcept override { return octets_->size(); }
    result<std::size_t> read_at(std::uint64_t offset, std::span<char> room) const override {
        if (offset >= octets_->size()) return std::size_t{0};
        auto count = std::min<std::size_t>(room.size(), octets_->size() - offset);
        std::memcpy(room.data(), octets_->data() + offset, count);
        return count;
    }

private:
    shared_octets octets_;
};

}  // namespace

octet_source_ptr shared_source(shared_octets octets) {
    return std::make_shared<source_of_shared>(std::move(octets));
}

}  // namespace postrider::mime
