#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/codec/charset.hpp>
#include <postrider/mime/html_to_text.hpp>
#include <string_view>

// Any octets are HTML: their text is UTF-8, ends with a line end, has no control characters, and is at most four times
// as long.

using namespace postrider;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool is_stray_control(char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t') || c == 0x7f;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const html(reinterpret_cast<char const*>(data), size);
    for (std::size_t width : {0, 12, 78})
        for (auto links : {mime::link_style::inline_url, mime::link_style::footnotes, mime::link_style::omit}) {
            auto const text = mime::html_to_text(html, {.width = width, .links = links});
            require(text.size() <= 4 * html.size());
            require(codec::is_utf8(text));
            require(text.empty() || text.ends_with('\n'));
            for (char c : text) require(!is_stray_control(c));
        }
    return 0;
}
