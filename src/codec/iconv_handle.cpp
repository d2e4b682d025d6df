#include "iconv_handle.hpp"

#include <algorithm>
#include <cerrno>
#include <vector>

namespace postrider::codec::detail {

/// The handles of one thread that nobody uses: no lock, and nothing that a caller could see.
class idle_handles {
public:
    static idle_handles* of_this_thread() noexcept {
        thread_local bool ended = false;  // a static object may decode something after the thread's own are gone
        struct owner {
            idle_handles handles;
            ~owner() { ended = true; }
        };
        if (ended) return nullptr;
        thread_local owner here;
        return &here.handles;
    }

    idle_handles() { kept_.reserve(most); }  // so that to keep one cannot fail
    ~idle_handles() {
        for (kept const& one : kept_) ::iconv_close(one.handle);
    }

    /// none() when there is no such handle.
    iconv_t take(std::string_view to, std::string_view from) noexcept {
        auto const found =
            std::ranges::find_if(kept_, [&](kept const& one) { return one.to == to && one.from == from; });
        if (found == kept_.end()) return iconv_handle::none();
        iconv_t const handle = found->handle;
        kept_.erase(found);
        ::iconv(handle, nullptr, nullptr, nullptr, nullptr);
        return handle;
    }

    void keep(std::string&& to, std::string&& from, iconv_t handle) noexcept {
        if (kept_.size() == most) {
            ::iconv_close(kept_.front().handle);
            kept_.erase(kept_.begin());
        }
        kept_.push_back({std::move(to), std::move(from), handle});
    }

private:
    static constexpr std::size_t most = 16;  // charsets that one thread meets again and again

    struct kept {
        std::string to, from;
        iconv_t handle;
    };
    std::vector<kept> kept_;  // the one unused for longest first
};

iconv_handle::iconv_handle(std::string_view to, std::string_view from) : to_(to), from_(from) {
    if (auto* idle = idle_handles::of_this_thread()) handle_ = idle->take(to, from);
    if (!*this) handle_ = ::iconv_open(to_.c_str(), from_.c_str());
}

iconv_handle::~iconv_handle() {
    if (!*this) return;
    if (auto* idle = idle_handles::of_this_thread())
        idle->keep(std::move(to_), std::move(from_), handle_);
    else
        ::iconv_close(handle_);
}

iconv_handle::stop iconv_handle::convert(std::string_view& input, std::string& out) {
    while (!input.empty()) {
        char room[4096];
        char* to = room;
        std::size_t room_left = sizeof room;
        char* from = const_cast<char*>(input.data());
        std::size_t from_left = input.size();
        std::size_t const converted = ::iconv(handle_, &from, &from_left, &to, &room_left);
        int const why = errno;
        bool const moved = from_left < input.size() || room_left < sizeof room;
        out.append(room, to);
        input.remove_prefix(input.size() - from_left);
        if (converted != static_cast<std::size_t>(-1)) return stop::end;
        if (why == EINVAL) return stop::cut_off;
        // Some conversions of glibc once spun for ever without taking an octet: that counts as a bad one.
        if (why != E2BIG || !moved) return stop::bad_octet;
    }
    return stop::end;
}

void iconv_handle::finish(std::string& out) {
    char room[64];
    char* to = room;
    std::size_t left = sizeof room;
    ::iconv(handle_, nullptr, nullptr, &to, &left);
    out.append(room, to);
}

}  // namespace postrider::codec::detail
