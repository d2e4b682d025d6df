#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/content.hpp>
#include <postrider/mime/error.hpp>

#include "characters.hpp"
#include "line_ends.hpp"

namespace postrider::mime {
namespace {

[[noreturn]] void refuse(std::string const& why) {
    throw error(errc::unencodable, why);
}

bool is_utf8_name(std::string_view charset) noexcept {
    return ascii::equal_without_case(charset, "utf-8") || ascii::equal_without_case(charset, "utf8");
}

}  // namespace

text_content make_text(std::string text, std::string_view charset) {
    bool const ascii = codec::is_ascii(text);
    if (charset.empty() && ascii) return {std::move(text), "us-ascii"};
    if (!ascii && !codec::is_utf8(text))
        refuse("the text is not UTF-8; octets of another kind go by attach_data or mime::application");
    if (charset.empty() || is_utf8_name(charset)) return {std::move(text), "utf-8"};
    auto name = codec::charset_name(charset);
    if (!name) refuse("the charset \"" + std::string(charset) + "\" is not known");
    // Line ends must be CRLF while they can still be seen: in UTF-16 they are other octets.
    auto octets = codec::encode_charset(with_crlf(std::move(text)), *name);
    if (!octets) refuse("the charset " + *name + " lacks a character of the text");
    return {std::move(*octets), std::move(*name)};
}

}  // namespace postrider::mime
