#include <postrider/codec/charset.hpp>
#include <postrider/mime/html_to_text.hpp>

#include "../parse/visible.hpp"
#include "html_text_writer.hpp"

namespace postrider::mime {

std::string html_to_text(std::string_view html, html_to_text_options const& options) {
    auto const utf8 = to_utf8(html);
    return html_text_writer(utf8, 4 * html.size(), options).write();
}

message& add_text_alternative(message& mail, html_to_text_options const& options) {
    if (!mail.html_body() || mail.text_body()) return mail;
    auto const& html = *mail.html_body();
    auto decoded = codec::decode_charset(html.octets, html.charset);
    return mail.text(html_to_text(decoded ? std::string_view(decoded->text) : std::string_view(html.octets), options));
}

}  // namespace postrider::mime
