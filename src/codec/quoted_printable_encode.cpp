#include <algorithm>
#include <array>
#include <cstring>
#include <postrider/codec/quoted_printable.hpp>

#include "hex.hpp"
#include "utf8.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace postrider::codec {
namespace {

constexpr std::size_t line_characters = 76;  // RFC 2045 §6.7 (5)

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

/// Octets that stand for themselves; blanks do anywhere but before a line end.
constexpr auto is_plain = [] {
    std::array<bool, 256> table{};
    for (int c = 33; c <= 126; ++c) table[static_cast<std::size_t>(c)] = c != '=';
    table[' '] = table['\t'] = true;
    return table;
}();

/// Octets at the front of `text` that stand for themselves.
std::size_t plain_prefix(std::string_view text) noexcept {
    std::size_t done = 0;
#ifdef __SSE2__
    __m128i const blank = _mm_set1_epi8(' '), tab = _mm_set1_epi8('\t');
    __m128i const equals = _mm_set1_epi8('='), del = _mm_set1_epi8('\x7F');
    for (; text.size() - done >= 16; done += 16) {
        __m128i const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + done));
        __m128i const low = _mm_andnot_si128(_mm_cmpeq_epi8(block, tab), _mm_cmplt_epi8(block, blank));  // and 8-bit
        __m128i const other = _mm_or_si128(_mm_cmpeq_epi8(block, equals), _mm_cmpeq_epi8(block, del));
        int const found = _mm_movemask_epi8(_mm_or_si128(low, other));
        if (found) return done + static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(found)));
    }
#endif
    while (done < text.size() && is_plain[static_cast<unsigned char>(text[done])]) ++done;
    return done;
}

/// Counts what would be written.
class counter {
public:
    void plain(std::string_view text) noexcept { size_ += text.size(); }
    void escaped(std::string_view octets) noexcept { size_ += 3 * octets.size(); }
    std::size_t size() const noexcept { return size_; }

private:
    std::size_t size_ = 0;
};

/// Writes it, into room that the counter measured.
class writer {
public:
    explicit writer(char* out) noexcept : out_(out) {}
    void plain(std::string_view text) noexcept {
        std::memcpy(out_, text.data(), text.size());
        out_ += text.size();
    }
    void escaped(std::string_view octets) noexcept {
        for (char c : octets) {
            *out_++ = '=';
            *out_++ = detail::upper_hex_digits[static_cast<unsigned char>(c) >> 4];
            *out_++ = detail::upper_hex_digits[static_cast<unsigned char>(c) & 15];
        }
    }

private:
    char* out_;
};

/// Writes at the end of a string.
class appender {
public:
    explicit appender(std::string& out) noexcept : out_(out) {}
    void plain(std::string_view text) { out_ += text; }
    void escaped(std::string_view octets) {
        auto const before = out_.size();
        out_.resize(before + 3 * octets.size());
        writer(out_.data() + before).escaped(octets);
    }

private:
    std::string& out_;
};

/// Encodes one line of the text, without its line end, as one or more lines joined by soft line breaks.
template <class Sink>
class line_encoder {
public:
    line_encoder(std::string_view line, Sink& sink, std::size_t column = 0, bool line_ends = true) noexcept
        : left_(line), sink_(sink), column_(column), line_ends_(line_ends) {}

    void encode() {
        while (!left_.empty()) {
            std::size_t const plain = unescaped_prefix();
            if (plain > 0)
                put_plain(plain);
            else
                put_escaped();
        }
    }

    std::size_t column() const noexcept { return column_; }

private:
    /// Octets of `left_` that may stand as they are, were the line endless; no more than one line can take.
    std::size_t unescaped_prefix() const noexcept {
        if (column_ == 0 && (left_.front() == '.' || left_.starts_with("From "))) return 0;
        std::size_t const plain = plain_prefix(left_.substr(0, line_characters + 1));
        return line_ends_ && plain == left_.size() && is_blank(left_.back()) ? plain - 1 : plain;
    }

    /// A line that a soft line break ends has room for one character less: the "=".
    std::size_t room(std::size_t octets) const noexcept {
        return line_characters - column_ - (octets < left_.size() || !line_ends_ ? 1 : 0);
    }

    void put_plain(std::size_t octets) {
        if (octets > room(octets)) octets = line_characters - 1 - column_;
        if (octets == 0) return break_line();
        sink_.plain(left_.substr(0, octets));
        column_ += octets;
        left_.remove_prefix(octets);
    }

    /// One character, with all its octets on one line.
    void put_escaped() {
        auto const character = detail::first_character(left_);
        std::size_t const octets = character.valid ? character.octets : 1;
        if (3 * octets > room(octets)) return break_line();
        sink_.escaped(left_.substr(0, octets));
        column_ += 3 * octets;
        left_.remove_prefix(octets);
    }

    void break_line() {
        sink_.plain("=\r\n");
        column_ = 0;
    }

    std::string_view left_;
    Sink& sink_;
    std::size_t column_;
    bool line_ends_;
};

constexpr std::string_view crlf = "\r\n";

template <class Sink>
void encode(std::string_view text, Sink& sink) {
    for (;;) {
        std::size_t const end = text.find(crlf);
        line_encoder(text.substr(0, end), sink).encode();
        if (end == std::string_view::npos) return;
        sink.plain(crlf);
        text.remove_prefix(end + crlf.size());
    }
}

}  // namespace

std::string encode_quoted_printable(std::string_view text) {
    std::string out(quoted_printable_size(text), '\0');
    writer sink(out.data());
    encode(text, sink);
    return out;
}

void append_quoted_printable(std::string& out, std::size_t& column, std::string_view part, bool line_ends) {
    appender sink(out);
    for (;;) {
        std::size_t const end = part.find(crlf);
        line_encoder line(part.substr(0, end), sink, column, line_ends || end != part.npos);
        line.encode();
        column = line.column();
        if (end == part.npos) return;
        sink.plain(crlf);
        part.remove_prefix(end + crlf.size());
        column = 0;
    }
}

std::size_t quoted_printable_size(std::string_view text) noexcept {
    counter sink;
    encode(text, sink);
    return sink.size();
}

}  // namespace postrider::codec
