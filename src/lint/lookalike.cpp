#include "lookalike.hpp"

#include <algorithm>
#include <postrider/codec/idna.hpp>
#include <string>

namespace postrider::lint {
namespace {

std::u32string code_points(std::string_view utf8) {
    std::u32string points;
    for (std::size_t at = 0; at < utf8.size();) {
        auto const first = static_cast<unsigned char>(utf8[at++]);
        char32_t point = first < 0x80 ? first : first < 0xE0 ? first & 0x1F : first < 0xF0 ? first & 0x0F : first & 7;
        while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80)
            point = (point << 6) | (static_cast<unsigned char>(utf8[at++]) & 0x3F);
        points += point;
    }
    return points;
}

/// a-z and the accented letters of U+00C0 to U+024F.
bool is_latin(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250);
}

/// U+0370 to U+052F.
bool is_greek_or_cyrillic(char32_t c) {
    return c >= 0x370 && c < 0x530;
}

bool looks_latin(char32_t c) {
    constexpr std::u32string_view alike = U"аеһіјѕорсухԁԛԝѵҽαιονρυ0123456789-";
    return alike.find(c) != alike.npos;
}

bool is_lookalike_label(std::u32string const& label) {
    if (std::none_of(label.begin(), label.end(), is_greek_or_cyrillic)) return false;
    return std::any_of(label.begin(), label.end(), is_latin) || std::all_of(label.begin(), label.end(), looks_latin);
}

}  // namespace

bool is_lookalike(std::string_view host) {
    auto const name = codec::domain_to_unicode(host);
    for (auto rest = std::string_view(name); !rest.empty();) {
        auto const dot = std::min(rest.find('.'), rest.size());
        if (is_lookalike_label(code_points(rest.substr(0, dot)))) return true;
        rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    return false;
}

}  // namespace postrider::lint
