#pragma once
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace postrider::mime {

class message;

/// Some parts of a message, in order: `for (auto const& part : mail.walk())`. They stand in the message (or, where its
/// structure had to be made up for the purpose, in the range) and are valid as long as it is not changed.
template <class Message>
class basic_part_range {
public:
    class iterator {
    public:
        using value_type = Message;
        using reference = Message&;
        using pointer = Message*;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::forward_iterator_tag;

        iterator() = default;
        explicit iterator(Message* const* at) noexcept : at_(at) {}
        reference operator*() const noexcept { return **at_; }
        pointer operator->() const noexcept { return *at_; }
        iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        iterator operator++(int) noexcept { return iterator(at_++); }
        friend bool operator==(iterator, iterator) = default;

    private:
        Message* const* at_ = nullptr;
    };

    basic_part_range() = default;
    explicit basic_part_range(std::vector<Message*> parts, std::shared_ptr<message const> owner = nullptr) noexcept
        : parts_(std::move(parts)), owner_(std::move(owner)) {}

    iterator begin() const noexcept { return iterator(parts_.data()); }
    iterator end() const noexcept { return iterator(parts_.data() + parts_.size()); }
    std::size_t size() const noexcept { return parts_.size(); }
    bool empty() const noexcept { return parts_.empty(); }
    Message& operator[](std::size_t index) const noexcept { return *parts_[index]; }

private:
    std::vector<Message*> parts_;
    std::shared_ptr<message const> owner_;
};

using part_range = basic_part_range<message const>;
using mutable_part_range = basic_part_range<message>;

}  // namespace postrider::mime
