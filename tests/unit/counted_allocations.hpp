#pragma once
#include <cstddef>
#include <cstdlib>
#include <new>

/// Counts what a whole program allocates: for the one file of a program of its own.
namespace postrider::test {

inline std::size_t allocations = 0;

}  // namespace postrider::test

void* operator new(std::size_t size) {
    ++postrider::test::allocations;
    if (void* const block = std::malloc(size)) return block;
    throw std::bad_alloc();
}
void operator delete(void* block) noexcept {
    std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
    std::free(block);
}
