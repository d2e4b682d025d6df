#pragma once
#include <cstddef>
#include <cstdint>
#include <postrider/mime/message.hpp>
#include <string>
#include <string_view>

/// HTML as text: for the alternative part of a message, a preview, a quotation, a search.
namespace postrider::mime {

enum class link_style : std::uint8_t {
    inline_url,  ///< the offer <https://example.com/offer>
    footnotes,   ///< the offer [1]   ...and at the end   [1] https://example.com/offer
    omit,
};

struct html_to_text_options {
    std::size_t width = 78;  ///< columns, where ideographs take two; 0: a paragraph is one line, however long
    link_style links = link_style::inline_url;
    bool images = true;  ///< the `alt` of an image stands in its place
};

/// The text that a person would read, in UTF-8, its lines ended by LF. Blocks stand on lines of their own, items of
/// lists behind "- " or their number, quotes behind "> "; cells of a row stand side by side; `pre` keeps its lines.
/// Scripts, styles, titles, comments, and what is hidden (`hidden`, `display:none`, `visibility:hidden`) are left out; so
/// are addresses that run code (`javascript:`) or lead nowhere for a reader (`cid:`, `data:`, `#here`).
///
/// Total: takes any octets (those that are no UTF-8 become U+FFFD). Linear in time, without recursion, elements deeper
/// than limits::html_depth are read as if they were not nested. The text has at most four times the octets of `html`.
std::string html_to_text(std::string_view html, html_to_text_options const& options = {});

/// Gives a message with an HTML body and none in text the text that the HTML amounts to. Leaves any other as it is.
message& add_text_alternative(message& mail, html_to_text_options const& options = {});

}  // namespace postrider::mime
