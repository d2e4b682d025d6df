#include <array>
#include <cstdint>
#include <postrider/codec/quoted_printable.hpp>

#include "hex.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace postrider::codec {
namespace {

constexpr auto hex_values = [] {
    std::array<std::int8_t, 256> table{};
    for (unsigned octet = 0; octet < 256; ++octet)
        table[octet] = static_cast<std::int8_t>(detail::hex_value(static_cast<char>(octet)));
    return table;
}();

int hex_value(char c) noexcept {
    return hex_values[static_cast<unsigned char>(c)];
}

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

/// Decodes in one pass: nothing becomes longer, so that what is copied in blocks never runs past what was read.
class decoder {
public:
    decoder(std::string_view text, char* out) noexcept
        : at_(text.data()), end_(text.data() + text.size()), out_(out), kept_(out) {}

    /// returns    one past the last octet.
    char* decode() noexcept {
        for (copy_plain(); at_ != end_; copy_plain()) {
            if (*at_ == '\n')
                end_line();
            else
                take_equals();
        }
        drop_blanks();
        return out_;
    }

    bool malformed() const noexcept { return malformed_; }

private:
    /// Copies up to the next "=" or LF.
    void copy_plain() noexcept {
#ifdef __SSE2__
        __m128i const equals = _mm_set1_epi8('='), lf = _mm_set1_epi8('\n');
        while (end_ - at_ >= 16) {
            __m128i const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at_));
            _mm_storeu_si128(reinterpret_cast<__m128i*>(out_), block);
            int const found = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, equals), _mm_cmpeq_epi8(block, lf)));
            int const plain = found ? __builtin_ctz(static_cast<unsigned>(found)) : 16;
            at_ += plain;
            out_ += plain;
            if (found) return;
        }
#endif
        while (at_ != end_ && *at_ != '=' && *at_ != '\n') *out_++ = *at_++;
    }

    /// Blanks before a line end go, but for those that were encoded or stand before a soft line break.
    void drop_blanks() noexcept {
        while (out_ != kept_ && is_blank(out_[-1])) --out_;
    }

    void end_line() noexcept {
        bool const cr = out_ != kept_ && out_[-1] == '\r';
        if (cr) --out_;
        drop_blanks();
        if (cr) *out_++ = '\r';
        *out_++ = *at_++;
        kept_ = out_;
    }

    void take_equals() noexcept {
        if (take_octets() || take_soft_break()) {
            kept_ = out_;
        } else {
            malformed_ = true;
            *out_++ = *at_++;
        }
    }

    /// "=XX", and those that follow at once: a text beyond ASCII is made of them.
    bool take_octets() noexcept {
        char const* const begin = at_;
        for (; end_ - at_ >= 3 && *at_ == '='; at_ += 3) {
            int const octet = hex_value(at_[1]) * 16 | hex_value(at_[2]);
            if (octet < 0) break;
            *out_++ = static_cast<char>(octet);
        }
        return at_ != begin;
    }

    /// "=" and blanks at the end of a line.
    bool take_soft_break() noexcept {
        char const* next = at_ + 1;
        while (next != end_ && is_blank(*next)) ++next;
        if (next != end_ && *next == '\r') ++next;
        if (next == end_ || *next != '\n') return false;
        at_ = next + 1;
        return true;
    }

    char const* at_;
    char const* end_;
    char* out_;
    char* kept_;  // what stands before is not looked at again
    bool malformed_ = false;
};

}  // namespace

decoded_quoted_printable decode_quoted_printable(std::string_view text) {
    decoded_quoted_printable out;
    out.octets.resize(text.size());
    decoder decoding(text, out.octets.data());
    char* const end = decoding.decode();
    out.octets.resize(static_cast<std::size_t>(end - out.octets.data()));
    out.malformed = decoding.malformed();
    return out;
}

}  // namespace postrider::codec
