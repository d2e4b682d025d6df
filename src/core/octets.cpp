#include <algorithm>
#include <cstring>
#include <postrider/core/octets.hpp>
#include <utility>

namespace postrider {
namespace {

class memory final : public octet_source {
public:
    explicit memory(std::string octets) noexcept : octets_(std::move(octets)) {}
    std::uint64_t size() const noexcept override { return octets_.size(); }
    result<std::size_t> read_at(std::uint64_t offset, std::span<char> room) const override {
        if (offset >= octets_.size()) return std::size_t{0};
        auto count = std::min<std::size_t>(room.size(), octets_.size() - offset);
        std::memcpy(room.data(), octets_.data() + offset, count);
        return count;
    }

private:
    std::string octets_;
};

}  // namespace

octet_source_ptr memory_source(std::string octets) {
    return std::make_shared<memory>(std::move(octets));
}

error_code view_reader::next(std::vector<std::string_view>& pieces, std::size_t wanted) {
    pieces.clear();
    auto piece = octets_.substr(done_, std::max<std::size_t>(wanted, 1));
    if (!piece.empty()) pieces.push_back(piece);
    done_ += piece.size();
    return {};
}

}  // namespace postrider
