#include <postrider/codec/uuencode.hpp>

#include <algorithm>
#include <cstdint>

namespace postrider::codec {
namespace {

std::string_view take_line(std::string_view& text) noexcept {
    std::size_t const feed = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, feed);
    text.remove_prefix(std::min(feed + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// "begin 644 file name"
bool is_begin(std::string_view line, std::string& file_name) {
    constexpr std::string_view word = "begin ";
    if (!line.starts_with(word)) return false;
    line.remove_prefix(word.size());
    std::size_t const mode = std::min(line.find_first_not_of("01234567"), line.size());
    if (mode == 0 || mode == line.size() || line[mode] != ' ') return false;
    file_name = line.substr(mode + 1);
    return true;
}

bool is_end(std::string_view line) noexcept {
    return line.starts_with("end") && line.find_first_not_of(" \t", 3) == std::string_view::npos;
}

/// Some write "`" for zero, since a blank gets lost.
unsigned value_of(char c, bool& malformed) noexcept {
    if (c >= ' ' && c <= '`') return static_cast<unsigned>(c - ' ') & 63;
    malformed = true;
    return 0;
}

void decode_line(std::string_view line, decoded_uuencode& out) {
    std::size_t octets = value_of(line.front(), out.malformed);
    line.remove_prefix(1);
    for (std::uint32_t bits = 0, held = 0; octets > 0;) {
        unsigned const value = line.empty() ? 0 : value_of(line.front(), out.malformed);
        if (!line.empty()) line.remove_prefix(1);
        bits = bits << 6 | value;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out.octets += static_cast<char>(bits >> held & 0xff);
        --octets;
    }
}

}  // namespace

decoded_uuencode decode_uuencode(std::string_view text) {
    decoded_uuencode out;
    while (!text.empty() && !is_begin(take_line(text), out.file_name)) {
    }
    out.missing_begin = text.empty();
    std::size_t const most = text.size();  // lines of nothing but lost blanks could make it thirty times as much
    out.octets.reserve(text.size() / 4 * 3);
    for (;;) {
        out.missing_end = text.empty();
        if (text.empty()) return out;
        std::string_view const line = take_line(text);
        if (is_end(line)) return out;
        if (line.empty()) continue;
        if (out.octets.size() < most)
            decode_line(line, out);
        else
            out.malformed = true;
    }
}

}  // namespace postrider::codec
