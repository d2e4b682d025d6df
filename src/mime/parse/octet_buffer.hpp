#pragma once
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace postrider::mime {

/// Octets that arrive piece by piece and lie in one place. Grows by realloc, which moves large blocks without copying
/// them: so there are never two copies of a large message.
class octet_buffer {
public:
    octet_buffer() = default;
    octet_buffer(octet_buffer&& other) noexcept;
    octet_buffer& operator=(octet_buffer&& other) noexcept;

    void append(std::string_view octets);
    void shrink_to_fit() noexcept;

    std::string_view octets() const noexcept { return {block_.get(), size_}; }

private:
    struct release {
        void operator()(char* block) const noexcept { std::free(block); }
    };

    std::unique_ptr<char, release> block_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace postrider::mime
