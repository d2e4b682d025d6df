// "My mail carries a large attachment: what does base64 cost?"
//
// Octets to lines of 76 characters and CRLF, as MIME wants them, by every path this processor can take, beside what
// OpenSSL offers and beside a memcpy of the same octets, which no encoder can beat. All take turns in one run; the
// figures are medians of the thread's own CPU time.
#include <openssl/evp.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <postrider/codec/base64.hpp>
#include <random>
#include <string>
#include <vector>

#include "timing.hpp"

namespace {

using namespace postrider::codec;

struct contender {
    std::string name;
    std::function<std::size_t(std::string const& octets, char* out)> encode;  // returns characters written
    std::vector<double> seconds = {};
};

unsigned char* unsigned_octets(char* at) {
    return reinterpret_cast<unsigned char*>(at);
}
unsigned char const* unsigned_octets(char const* at) {
    return reinterpret_cast<unsigned char const*>(at);
}

/// A line at a time, with the CRLF added by hand: its streaming form knows lines of 64 characters and LF alone.
std::size_t openssl_lines(std::string const& octets, char* out) {
    char const* const begin = out;
    for (std::size_t at = 0; at < octets.size(); at += base64_line_octets) {
        auto const size = std::min(base64_line_octets, octets.size() - at);
        out += EVP_EncodeBlock(unsigned_octets(out), unsigned_octets(octets.data() + at), static_cast<int>(size));
        *out++ = '\r';
        *out++ = '\n';
    }
    return static_cast<std::size_t>(out - begin);
}

/// What most programs do: the streaming form, LF and 64 columns. Its output differs, so it is timed and not compared.
std::size_t openssl_stream(std::string const& octets, char* out) {
    std::unique_ptr<EVP_ENCODE_CTX, decltype(&EVP_ENCODE_CTX_free)> context(EVP_ENCODE_CTX_new(), EVP_ENCODE_CTX_free);
    EVP_EncodeInit(context.get());
    int written = 0, rest = 0;
    EVP_EncodeUpdate(context.get(), unsigned_octets(out), &written, unsigned_octets(octets.data()),
                     static_cast<int>(octets.size()));
    EVP_EncodeFinal(context.get(), unsigned_octets(out) + written, &rest);
    return static_cast<std::size_t>(written + rest);
}

std::size_t copy(std::string const& octets, char* out) {
    std::memcpy(out, octets.data(), octets.size());
    asm volatile("" : : "r"(out) : "memory");
    return octets.size();
}

char const* name_of(base64_path path) {
    switch (path) {
        case base64_path::scalar: return "postrider, scalar";
        case base64_path::avx2: return "postrider, AVX2";
        case base64_path::avx512_vbmi: return "postrider, AVX-512 VBMI";
    }
    return "postrider";
}

std::vector<contender> all_contenders() {
    std::vector<contender> all = {
        {"memcpy", copy}, {"OpenSSL, by lines", openssl_lines}, {"OpenSSL, streaming", openssl_stream}};
    for (auto path : base64_paths())
        all.push_back({name_of(path), [path](std::string const& octets, char* out) {
                           return static_cast<std::size_t>(encode_base64_lines(octets, out, path) - out);
                       }});
    return all;
}

void check_equal_output(std::vector<contender> const& all, std::string const& octets, std::string& room) {
    room.resize(openssl_lines(octets, room.data()));
    for (auto const& one : all) {
        if (one.name == "memcpy" || one.name == "OpenSSL, streaming") continue;
        std::string out(room.size() + 64, '\0');
        out.resize(one.encode(octets, out.data()));
        if (out == room) continue;
        std::fprintf(stderr, "%s writes something else\n", one.name.c_str());
        std::exit(1);
    }
}

void race(std::size_t size, std::size_t repeats, std::size_t rounds) {
    std::string octets(size, '\0');
    std::mt19937_64 random(1);
    std::ranges::generate(octets, [&] { return static_cast<char>(random()); });
    std::string room(base64_lines_size(size) + size / 8 + 1024, '\1');  // written to, so that its pages are there
    auto all = all_contenders();
    std::size_t const room_size = room.size();
    check_equal_output(all, octets, room);
    room.resize(room_size, '\1');

    for (std::size_t round = 0; round < rounds; ++round)
        for (auto& one : all)
            one.seconds.push_back(bench::seconds_each(repeats, [&] { one.encode(octets, room.data()); }));

    double const memcpy_seconds = bench::median(all[0].seconds), openssl_seconds = bench::median(all[1].seconds);
    std::printf("%zu octets, medians of %zu rounds\n", size, rounds);
    for (auto const& one : all) {
        double const seconds = bench::median(one.seconds);
        std::printf("  %-24s %8.2f GB/s  %6.1f %% of memcpy  %6.2f x OpenSSL by lines\n", one.name.c_str(),
                    static_cast<double>(size) / seconds * 1e-9, 100 * memcpy_seconds / seconds,
                    openssl_seconds / seconds);
    }
}

}  // namespace

int main() {
    race(16 << 20, 1, 31);
    race(100'000, 100, 31);
}
