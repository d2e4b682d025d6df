#pragma once
#include <iconv.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace postrider::codec::detail {

/// A conversion of glibc's, closed with its owner.
class iconv_handle {
public:
    iconv_handle() = default;
    iconv_handle(char const* to, char const* from) : handle_(::iconv_open(to, from)) {}
    iconv_handle(iconv_handle&& other) noexcept : handle_(std::exchange(other.handle_, none())) {}
    iconv_handle& operator=(iconv_handle&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~iconv_handle() {
        if (*this) ::iconv_close(handle_);
    }

    explicit operator bool() const noexcept { return handle_ != none(); }

    /// Why a conversion stopped.
    enum class stop { end, bad_octet, cut_off };

    /// Converts from the front of `input`, removes what it took, and appends to `out`.
    stop convert(std::string_view& input, std::string& out);

    /// Appends what returns to the initial shift state, and forgets the state.
    void finish(std::string& out);

    void reset() noexcept { ::iconv(handle_, nullptr, nullptr, nullptr, nullptr); }

private:
    static iconv_t none() noexcept { return reinterpret_cast<iconv_t>(-1); }

    iconv_t handle_ = none();
};

}  // namespace postrider::codec::detail
