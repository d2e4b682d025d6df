#pragma once
#include <iconv.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace postrider::codec::detail {

/// A conversion of glibc's. glibc loads most of them from disk when they are opened and unloads them when they are
/// closed, which costs more than to convert a whole mail: so a thread keeps the last ones that nobody uses any more.
class iconv_handle {
public:
    iconv_handle() = default;
    iconv_handle(std::string_view to, std::string_view from);
    iconv_handle(iconv_handle&& other) noexcept
        : to_(std::move(other.to_)), from_(std::move(other.from_)), handle_(std::exchange(other.handle_, none())) {}
    iconv_handle& operator=(iconv_handle&& other) noexcept {
        std::swap(to_, other.to_);
        std::swap(from_, other.from_);
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~iconv_handle();

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

    friend class idle_handles;

    std::string to_, from_;
    iconv_t handle_ = none();
};

}  // namespace postrider::codec::detail
