#include "iconv_handle.hpp"

#include <cerrno>

namespace postrider::codec::detail {

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
