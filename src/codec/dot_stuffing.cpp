#include <algorithm>
#include <bit>
#include <postrider/codec/dot_stuffing.hpp>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "sound_lines.hpp"

namespace postrider::codec {
namespace {

constexpr std::string_view crlf = "\r\n";
constexpr std::string_view lf = "\n";
constexpr std::string_view cr = "\r";
constexpr std::string_view final_dot = ".\r\n";

/// Where the first CR or LF of [from, end) is, or `end`. Looks for both at once: a search for each by itself would run
/// to the end at every line of a text that has only one of them.
char const* find_cr_or_lf(char const* from, char const* end) noexcept {
#ifdef __SSE2__
    __m128i const cr_octets = _mm_set1_epi8('\r'), lf_octets = _mm_set1_epi8('\n');
    for (; end - from >= 16; from += 16) {
        __m128i const octets = _mm_loadu_si128(reinterpret_cast<__m128i const*>(from));
        __m128i const found = _mm_or_si128(_mm_cmpeq_epi8(octets, cr_octets), _mm_cmpeq_epi8(octets, lf_octets));
        if (auto const places = static_cast<unsigned>(_mm_movemask_epi8(found))) return from + std::countr_zero(places);
    }
#endif
    return std::find_if(from, end, [](char c) { return c == '\r' || c == '\n'; });
}

void append(std::vector<std::string_view>& out, char const* from, char const* until) {
    if (from != until) out.emplace_back(from, static_cast<std::size_t>(until - from));
}

template <bool doubles_dots>
void write_lines(std::string_view octets, line_place& where, std::vector<std::string_view>& out) {
    char const* at = octets.data();
    char const* const end = at + octets.size();
    char const* pending = at;  // what lies between it and `at` goes out unchanged
    for (;;) {
        at = detail::behind_sound_lines(at, end, where, doubles_dots);
        if (at == end) break;
        if (where == line_place::after_cr) {
            if (*at == '\n') {
                ++at;
            } else {
                append(out, pending, at);
                out.push_back(lf);
                pending = at;
            }
            where = line_place::line_start;
        } else if (doubles_dots && where == line_place::line_start && *at == '.') {
            append(out, pending, at + 1);  // the dot leaves twice: here and with what follows
            pending = at++;
            where = line_place::in_line;
        } else {
            at = find_cr_or_lf(at, end);
            where = line_place::in_line;
            if (at == end) break;
            if (*at == '\r') {
                where = line_place::after_cr;
            } else {
                append(out, pending, at);
                out.push_back(crlf);
                pending = at + 1;
                where = line_place::line_start;
            }
            ++at;
        }
    }
    append(out, pending, end);
}

void end_line(line_place& where, std::vector<std::string_view>& out) {
    if (where == line_place::in_line) out.push_back(crlf);
    if (where == line_place::after_cr) out.push_back(lf);
    where = line_place::line_start;
}

}  // namespace

void dot_stuffer::stuff(std::string_view octets, std::vector<std::string_view>& out) {
    write_lines<true>(octets, place_, out);
}

void dot_stuffer::finish(std::vector<std::string_view>& out) {
    end_line(place_, out);
    out.push_back(final_dot);
}

void crlf_canonicalizer::canonicalize(std::string_view octets, std::vector<std::string_view>& out) {
    write_lines<false>(octets, place_, out);
}

void crlf_canonicalizer::finish(std::vector<std::string_view>& out) {
    end_line(place_, out);
}

bool dot_unstuffer::unstuff(std::string_view& input, std::vector<std::string_view>& out) {
    char const* at = input.data();
    char const* const end = at + input.size();
    char const* pending = at;
    while (at != end) {
        switch (place_) {
            case place::line_start:
                if (*at == '.') {
                    append(out, pending, at);
                    pending = ++at;
                    place_ = place::dot;
                } else {
                    place_ = place::in_line;
                }
                break;
            case place::dot:
                place_ = place::in_line;
                if (*at == '\r') {
                    pending = ++at;  // held back: it may belong to the final dot
                    place_ = place::dot_cr;
                }
                break;
            case place::dot_cr:
                if (*at == '\n') {
                    input.remove_prefix(static_cast<std::size_t>(at + 1 - input.data()));
                    place_ = place::line_start;
                    return true;
                }
                out.push_back(cr);
                bare_ = true;
                place_ = place::in_line;
                break;
            case place::after_cr:
                bare_ |= *at != '\n';
                place_ = place::in_line;
                if (*at == '\n') {
                    ++at;
                    place_ = place::line_start;
                }
                break;
            case place::in_line:
                at = find_cr_or_lf(at, end);
                if (at == end) break;
                if (*at == '\r')
                    place_ = place::after_cr;
                else
                    bare_ = true;
                ++at;
                break;
        }
    }
    append(out, pending, end);
    input = {};
    return false;
}

}  // namespace postrider::codec
