#pragma once
#include <cstdint>
#include <string_view>

namespace postrider::mime {

/// What an element means to text.
enum class html_form : std::uint8_t {
    inline_text,
    link,
    short_quote,
    image,
    line_break,
    block,         ///< on lines of its own
    paragraph,     ///< with a blank line around
    closed_block,  ///< a paragraph that ends where the next block begins: p
    quote,
    preformatted,
    unordered_list,
    ordered_list,
    list_item,
    definitions,
    term,
    definition,
    table,
    row,
    cell,
    rule,
    nothing,  ///< has no content: meta, input...
    unseen,   ///< its content is not for readers
    dropped,  ///< nor is it HTML: script, style...
};

struct html_element {
    std::string_view name;
    html_form form;
};

/// The element of that name, whatever its case; inline text for a name that is not known. Each has one address.
html_element const& element_of(std::string_view name) noexcept;

constexpr bool is_inline(html_form form) noexcept {
    return form == html_form::inline_text || form == html_form::link || form == html_form::short_quote;
}
constexpr bool is_list(html_form form) noexcept {
    return form == html_form::unordered_list || form == html_form::ordered_list;
}
constexpr bool is_of_table(html_form form) noexcept {
    return form == html_form::table || form == html_form::row || form == html_form::cell;
}
/// Whether it begins a line, and so ends a paragraph.
constexpr bool is_block(html_form form) noexcept {
    return form >= html_form::block && form <= html_form::rule;
}
/// Whether it has no end tag.
constexpr bool is_void(html_form form) noexcept {
    return form == html_form::image || form == html_form::line_break || form == html_form::rule ||
           form == html_form::nothing;
}

}  // namespace postrider::mime
