#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>

/// Room that begins and ends where memory does: an octet read or written outside it is a fault, with every compiler and
/// for instructions no sanitizer looks at.
class guarded_room {
public:
    explicit guarded_room(std::size_t most) : page_(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE))) {
        usable_ = (most + page_ - 1) / page_ * page_;
        void* mapped = ::mmap(nullptr, usable_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped == MAP_FAILED) throw std::bad_alloc();
        base_ = static_cast<char*>(mapped) + page_;
        ::mprotect(base_, usable_, PROT_READ | PROT_WRITE);
    }
    guarded_room(guarded_room const&) = delete;
    guarded_room& operator=(guarded_room const&) = delete;
    ~guarded_room() { ::munmap(base_ - page_, usable_ + 2 * page_); }

    char* last(std::size_t octets) noexcept { return base_ + usable_ - octets; }

    /// A copy of `octets` that ends at the guard.
    std::string_view hold(std::string_view octets) noexcept {
        if (!octets.empty()) std::memcpy(last(octets.size()), octets.data(), octets.size());
        return {last(octets.size()), octets.size()};
    }

    /// A copy of `octets` that begins at the guard.
    std::string_view hold_first(std::string_view octets) noexcept {
        if (!octets.empty()) std::memcpy(base_, octets.data(), octets.size());
        return {base_, octets.size()};
    }

private:
    std::size_t page_, usable_ = 0;
    char* base_ = nullptr;
};
