#include "base64_paths.hpp"

namespace postrider::codec {
namespace {

using encoder = char* (*)(std::string_view, char*) noexcept;

struct encoders {
    encoder one_line;
    encoder lines;
};

encoders encoders_of(base64_path path) noexcept {
#ifdef POSTRIDER_BASE64_X86
    switch (path) {
        case base64_path::avx512_vbmi: return {detail::encode_base64_avx512, detail::encode_base64_lines_avx512};
        case base64_path::avx2: return {detail::encode_base64_avx2, detail::encode_base64_lines_avx2};
        case base64_path::scalar: break;
    }
#else
    static_cast<void>(path);
#endif
    return {detail::encode_base64_scalar, detail::encode_base64_lines_scalar};
}

bool can_take(base64_path path) noexcept {
#ifdef POSTRIDER_BASE64_X86
    switch (path) {
        case base64_path::avx512_vbmi:
            return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi");
        case base64_path::avx2: return __builtin_cpu_supports("avx2");
        case base64_path::scalar: return true;
    }
#endif
    return path == base64_path::scalar;
}

encoders fastest() noexcept {
    return encoders_of(detail::fastest_base64_path());
}

}  // namespace

base64_path detail::fastest_base64_path() noexcept {
    static base64_path const chosen = can_take(base64_path::avx512_vbmi) ? base64_path::avx512_vbmi
                                      : can_take(base64_path::avx2)      ? base64_path::avx2
                                                                         : base64_path::scalar;
    return chosen;
}

std::vector<base64_path> base64_paths() {
    std::vector<base64_path> paths;
    for (auto path : {base64_path::scalar, base64_path::avx2, base64_path::avx512_vbmi})
        if (can_take(path)) paths.push_back(path);
    return paths;
}

char* encode_base64(std::string_view octets, char* out) noexcept {
    return fastest().one_line(octets, out);
}
char* encode_base64_lines(std::string_view octets, char* out) noexcept {
    return fastest().lines(octets, out);
}

char* encode_base64(std::string_view octets, char* out, base64_path path) noexcept {
    return encoders_of(path).one_line(octets, out);
}

char* encode_base64_lines(std::string_view octets, char* out, base64_path path) noexcept {
    return encoders_of(path).lines(octets, out);
}

std::string encode_base64(std::string_view octets) {
    std::string out(base64_size(octets.size()), '\0');
    encode_base64(octets, out.data());
    return out;
}

std::string encode_base64_lines(std::string_view octets) {
    std::string out(base64_lines_size(octets.size()), '\0');
    encode_base64_lines(octets, out.data());
    return out;
}

}  // namespace postrider::codec
