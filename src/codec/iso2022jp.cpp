#include "iso2022jp.hpp"

namespace postrider::codec::detail {
namespace {

enum class set { ascii, kanji, katakana, supplement };

struct escape {
    std::string_view sequence;
    set designates;
};

// JIS-Roman differs from ASCII in the yen sign and the overline, and nobody means them.
constexpr escape escapes[] = {
    {"\x1B(B", set::ascii},       {"\x1B(J", set::ascii},  {"\x1B(H", set::ascii},
    {"\x1B$@", set::kanji},       {"\x1B$B", set::kanji},  {"\x1B(I", set::katakana},
    {"\x1B$(D", set::supplement}, {"\x1B$(@", set::kanji}, {"\x1B$(B", set::kanji},
};

bool is_graphic(char c) noexcept {
    return c > 0x20 && c < 0x7F;
}

char high(char c) noexcept {
    return static_cast<char>(c | 0x80);
}

class converter {
public:
    explicit converter(std::string_view octets) : rest_(octets) { out_.reserve(octets.size()); }

    std::string convert() {
        while (!rest_.empty())
            if (!take_escape()) take_character();
        return std::move(out_);
    }

private:
    bool take_escape() noexcept {
        if (rest_.front() != '\x1B') return false;
        for (auto const& one : escapes) {
            if (!rest_.starts_with(one.sequence)) continue;
            set_ = one.designates;
            rest_.remove_prefix(one.sequence.size());
            return true;
        }
        return false;
    }

    void take_character() {
        char const c = rest_.front(), next = rest_.size() > 1 ? rest_[1] : '\0';
        bool const pair = (set_ == set::kanji || set_ == set::supplement) && is_graphic(c) && is_graphic(next);
        if (c == '\n') set_ = set::ascii;  // RFC 1468: a line ends in ASCII
        if (pair) {
            if (set_ == set::supplement) out_ += '\x8F';
            out_ += {high(c), high(next)};
        } else if (set_ == set::katakana && c > 0x20 && c < 0x60) {
            out_ += {'\x8E', high(c)};
        } else {
            bool const plain = set_ == set::ascii || !is_graphic(c);
            out_ += plain && c >= 0 && c != '\x1B' ? c : '\xFF';
        }
        rest_.remove_prefix(pair ? 2 : 1);
    }

    std::string_view rest_;
    std::string out_;
    set set_ = set::ascii;
};

}  // namespace

std::string iso2022jp_to_euc(std::string_view octets) {
    return converter(octets).convert();
}

}  // namespace postrider::codec::detail
