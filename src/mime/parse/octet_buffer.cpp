#include "octet_buffer.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace postrider::mime {

octet_buffer::octet_buffer(octet_buffer&& other) noexcept
    : block_(std::move(other.block_)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

octet_buffer& octet_buffer::operator=(octet_buffer&& other) noexcept {
    block_ = std::move(other.block_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
}

void octet_buffer::append(std::string_view octets) {
    if (octets.empty()) return;
    if (octets.size() > capacity_ - size_) {
        std::size_t const wanted = std::max(size_ + octets.size(), capacity_ + capacity_ / 2);
        auto* const grown = static_cast<char*>(std::realloc(block_.get(), wanted));
        if (!grown) throw std::bad_alloc();
        (void)block_.release();  // realloc has taken it
        block_.reset(grown);
        capacity_ = wanted;
    }
    std::memcpy(block_.get() + size_, octets.data(), octets.size());
    size_ += octets.size();
}

void octet_buffer::shrink_to_fit() noexcept {
    if (size_ == 0 || size_ == capacity_) return;
    auto* const shrunk = static_cast<char*>(std::realloc(block_.get(), size_));
    if (!shrunk) return;
    (void)block_.release();
    block_.reset(shrunk);
    capacity_ = size_;
}

}  // namespace postrider::mime
