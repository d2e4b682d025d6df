#include <algorithm>
#include <array>
#include <cstdint>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/ascii.hpp>

#include "hex.hpp"
#include "utf8.hpp"
#include "word_charset.hpp"

namespace postrider::codec {
namespace {

constexpr std::size_t word_octets = 75;  // RFC 2047 §2
constexpr std::size_t frame_octets = 7;  // a word's question and equals signs, and the letter

/// UTF-8 in Q can be read by those who have no decoder: it may cost this much more than B. Python weighs the same.
constexpr std::size_t worth_being_readable = 4;

enum class encoding { b, q };

/// Characters that each octet takes in Q: three, or one where it stands for itself, as `marks`, letters and digits do,
/// and for the blank, which becomes an underscore.
constexpr std::array<std::uint8_t, 256> q_sizes(std::string_view marks) {
    std::array<std::uint8_t, 256> sizes{};
    for (unsigned octet = 0; octet < 256; ++octet) {
        char const c = static_cast<char>(octet);
        sizes[octet] = ascii::is_alnum(c) || c == ' ' || marks.find(c) != std::string_view::npos ? 1 : 3;
    }
    return sizes;
}

/// A phrase takes what RFC 2047 §5 (3) allows; other text takes atext of RFC 5322 as well, but none of its specials,
/// for readers that look for these before they decode.
constexpr auto sizes_in_phrase = q_sizes("!*+-/");
constexpr auto sizes_in_text = q_sizes("!*+-/#$%&'^`{|}~");

class q_encoder {
public:
    explicit q_encoder(word_place place) noexcept
        : sizes_(place == word_place::phrase ? sizes_in_phrase : sizes_in_text) {}

    /// Characters that `octets` take, counted no further than to where they are more than `most`.
    std::size_t size(std::string_view octets, std::size_t most) const noexcept {
        std::size_t size = 0;
        for (char c : octets)
            if ((size += size_of(c)) > most) break;
        return size;
    }

    char* put(char* out, std::string_view octets) const noexcept {
        for (char c : octets) {
            if (c == ' ') {
                *out++ = '_';
            } else if (size_of(c) == 1) {
                *out++ = c;
            } else {
                *out++ = '=';
                *out++ = detail::upper_hex_digits[static_cast<unsigned char>(c) >> 4];
                *out++ = detail::upper_hex_digits[static_cast<unsigned char>(c) & 15];
            }
        }
        return out;
    }

private:
    std::size_t size_of(char c) const noexcept { return sizes_[static_cast<unsigned char>(c)]; }

    std::array<std::uint8_t, 256> const& sizes_;
};

/// Cuts a text into encoded-words. Whatever the charset, a word holds whole characters and ends in the initial shift
/// state, since each is converted by itself.
class word_writer {
public:
    word_writer(std::string& out, std::size_t& column, std::string_view text, word_place place,
                detail::word_charset& charset, word_options const& options)
        : out_(out),
          column_(column),
          text_(text),
          charset_(charset),
          wanted_(options.encoding),
          line_octets_(std::max(options.line_octets, shortest_line())),
          q_(place) {}

    error_code write() {
        auto whole = charset_.encode(text_);
        if (!whole) return whole.error();
        encoding_ = choose(*whole);
        std::size_t taken = take(room_on_line());
        while (!text_.empty()) {
            if (taken == 0) {
                break_line();
                taken = take(room_on_line());
            }
            if (taken == 0) return errc::unencodable;  // one character of this charset fills a whole word
            put_word(text_.substr(0, taken));
            text_.remove_prefix(taken);
            taken = 0;
        }
        return {};
    }

private:
    encoding choose(std::string_view octets) const noexcept {
        if (wanted_ != word_encoding::shorter) return wanted_ == word_encoding::b ? encoding::b : encoding::q;
        bool const utf8 = charset_.is_utf8();
        if (!utf8 && octets.find('\x1B') != octets.npos) return encoding::b;  // RFC 1468: ISO-2022-JP takes B
        std::size_t const bonus = utf8 ? worth_being_readable : 0;
        std::size_t const most = base64_size(octets.size()) + bonus;
        return q_.size(octets, most) <= most ? encoding::q : encoding::b;
    }

    /// The blank in front, and a word that holds any one character of UTF-8 in Q.
    std::size_t shortest_line() const noexcept { return 1 + frame_octets + charset_.name().size() + 12; }

    /// Characters of encoded-text that a word may have here.
    std::size_t room_on_line() const noexcept {
        std::size_t const frame = frame_octets + charset_.name().size();
        std::size_t const room = std::min(word_octets, line_octets_ - std::min(column_, line_octets_));
        return room > frame ? room - frame : 0;
    }

    bool fits(std::string_view octets, std::size_t room) const noexcept {
        return (encoding_ == encoding::b ? base64_size(octets.size()) : q_.size(octets, room)) <= room;
    }

    /// How much of the text, in whole characters, one word can hold; 0 when not even the first.
    std::size_t take(std::size_t room) {
        if (!charset_.is_utf8()) return take_converted(room);
        return encoding_ == encoding::b ? utf8_prefix(text_, room / 4 * 3) : take_in_q(room);
    }

    std::size_t take_in_q(std::size_t room) const noexcept {
        std::size_t taken = 0;
        while (taken < text_.size()) {
            auto const character = text_.substr(taken, detail::first_character(text_.substr(taken)).octets);
            std::size_t const size = q_.size(character, room);
            if (size > room) break;
            room -= size;
            taken += character.size();
        }
        return taken;
    }

    /// The largest number of characters whose conversion fits, found by halving: a shift state makes sizes unequal, but
    /// more characters never take less.
    std::size_t take_converted(std::size_t room) {
        std::array<std::size_t, word_octets + 1> ends{};  // ends[n]: octets of the first n characters
        std::size_t count = 0;
        while (count < word_octets && ends[count] < text_.size()) {
            ends[count + 1] = ends[count] + detail::first_character(text_.substr(ends[count])).octets;
            ++count;
        }
        auto const has_room = [&](std::size_t end) {
            auto converted = charset_.encode(text_.substr(0, end));
            return converted && fits(*converted, room);
        };
        auto const all = ends.begin() + 1;
        auto const first_too_long = std::partition_point(all, all + static_cast<std::ptrdiff_t>(count), has_room);
        return *(first_too_long - 1);
    }

    void break_line() {
        out_ += "\r\n ";
        column_ = 1;
    }

    void put_word(std::string_view text) {
        auto const octets = charset_.encode_part(text);
        std::array<char, word_octets> word;  // it has room there: take() saw to it
        char* end = put(put(word.data(), "=?"), charset_.name());
        end = put(end, encoding_ == encoding::b ? "?b?" : "?q?");
        end = encoding_ == encoding::b ? encode_base64(octets, end) : q_.put(end, octets);
        end = put(end, "?=");
        auto const size = static_cast<std::size_t>(end - word.data());
        out_.append(word.data(), size);
        column_ += size;
    }

    static char* put(char* out, std::string_view text) noexcept { return std::ranges::copy(text, out).out; }

    std::string& out_;
    std::size_t& column_;
    std::string_view text_;
    detail::word_charset& charset_;
    word_encoding wanted_;
    std::size_t line_octets_;
    q_encoder q_;
    encoding encoding_ = encoding::q;
};

}  // namespace

error_code append_words(std::string& field, std::size_t& column, std::string_view text, word_place place,
                        std::string_view charset) {
    return append_words(field, column, text, place, word_options{.charset = charset});
}

error_code append_words(std::string& field, std::size_t& column, std::string_view text, word_place place,
                        word_options const& options) {
    auto words = detail::word_charset::open(options.charset);
    if (!words) return words.error();
    auto const octets_before = field.size();
    auto const column_before = column;
    auto const ec = word_writer(field, column, text, place, *words, options).write();
    if (ec) {
        field.resize(octets_before);
        column = column_before;
    }
    return ec;
}

result<std::string> encode_words(std::string_view text, word_place place, std::size_t column,
                                 std::string_view charset) {
    std::string words;
    if (auto ec = append_words(words, column, text, place, charset)) return ec;
    return words;
}

}  // namespace postrider::codec
