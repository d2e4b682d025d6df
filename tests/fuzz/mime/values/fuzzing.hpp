#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/codec/charset.hpp>
#include <postrider/mime/defect.hpp>
#include <set>
#include <string_view>
#include <vector>

/// Ends the run where an invariant does not hold.
#define ALWAYS(condition) ((condition) ? static_cast<void>(0) : std::abort())

inline std::string_view octets_of(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}

/// Whatever a value says is UTF-8 without a control character.
inline void require_text(std::string_view text) {
    ALWAYS(postrider::codec::is_utf8(text));
    for (unsigned char c : text) ALWAYS((c >= 32 || c == '\t') && c != 127);
}

/// Defects cannot become many.
inline void require_few(std::vector<postrider::mime::defect_kind> const& defects) {
    ALWAYS(defects.size() <= 2 * std::set(defects.begin(), defects.end()).size() + 2);
}
