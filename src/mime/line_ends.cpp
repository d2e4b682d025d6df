#include "line_ends.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "wide_octets.hpp"

namespace postrider::mime {

std::size_t missing_line_end_octets(std::string_view text) noexcept {
    auto lf = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    auto cr = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\r'));
    if (cr == 0) return lf;
    std::size_t pairs = 0;
    for (auto at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
        pairs += at + 1 < text.size() && text[at + 1] == '\n';
    return (lf - pairs) + (cr - pairs);
}

void append_with_crlf(std::string& out, std::string_view text) {
    bool const has_cr = text.find('\r') != text.npos;
    while (!text.empty()) {
        auto end = has_cr ? text.find_first_of("\r\n") : text.find('\n');
        out += text.substr(0, end);
        if (end == text.npos) return;
        out += "\r\n";
        text.remove_prefix(end + (has_cr && text.substr(end, 2) == "\r\n" ? 2 : 1));
    }
}

char* put_with_crlf(char* out, std::string_view text, bool has_cr) noexcept {
#ifdef POSTRIDER_MIME_X86
    if (!has_cr && has_wide_octets()) out = put_lf_as_crlf(out, text);
#endif
    while (!text.empty()) {
        auto const end = has_cr ? text.find_first_of("\r\n") : text.find('\n');
        auto const line = text.substr(0, end);
        out = std::copy(line.begin(), line.end(), out);
        if (end == text.npos) break;
        *out++ = '\r';
        *out++ = '\n';
        text.remove_prefix(end + (has_cr && text.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    return out;
}

std::string with_crlf(std::string text) {
    auto missing = missing_line_end_octets(text);
    if (missing == 0) return text;
    std::string out(text.size() + missing, '\0');
    put_with_crlf(out.data(), text, text.find('\r') != text.npos);
    return out;
}

}  // namespace postrider::mime
