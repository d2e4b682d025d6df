#include "html_splice.hpp"

#include <cstddef>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/html_reader.hpp>

#include "html_element.hpp"

namespace postrider::mime {
namespace {

std::size_t behind_body_tag(std::string_view html) noexcept {
    html_reader reader(html);
    for (auto token = reader.next(); token != html_reader::token::end; token = reader.next()) {
        if (token != html_reader::token::start_tag) continue;
        if (ascii::equal_without_case(reader.name(), "body")) return reader.position();
        if (element_of(reader.name()).form == html_form::dropped) reader.skip_raw_text();
    }
    return 0;
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    for (char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string spliced(std::string_view html, std::string_view added) {
    std::string out(html);
    return out.insert(behind_body_tag(html), added);
}

}  // namespace postrider::mime
