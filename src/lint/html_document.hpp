#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::lint {

/// An element as it was opened.
struct html_element {
    std::string name;                                             ///< in lower case
    std::vector<std::pair<std::string, std::string>> attributes;  ///< names in lower case, values decoded
    std::size_t offset = 0;                                       ///< in the HTML

    /// The first of that name, which counts; nullptr where there is none.
    std::string const* find(std::string_view attribute) const noexcept;
};

/// An `a` with what stands between its tags; images in it are told by their alt.
struct html_link {
    std::size_t element = 0;  ///< of the document
    std::string text;         ///< blanks collapsed
    std::size_t offset = 0;
};

/// The content of a `style` element.
struct html_style {
    std::string_view css;
    std::size_t offset = 0;
};

/// Text that is there and cannot be read.
struct unseen_text {
    enum kind { hidden, tiny, own_background } why;
    std::string text;
    std::size_t offset = 0;
};

/// What the checks ask of an HTML part, read once, from left to right. Elements are taken as they are written, with the
/// end tags that are there; none is invented. At most limits::lint_elements of them, limits::html_depth deep: those
/// beyond are read as if they were not nested.
struct html_document {
    std::vector<html_element> elements;
    std::vector<html_link> links;
    std::vector<html_style> styles;
    std::vector<unseen_text> unseen;
    std::string text;            ///< what can be seen, blanks collapsed
    std::size_t comments = 0;    ///< "<!-- ... -->"
    bool html5_doctype = false;  ///< "<!DOCTYPE html>"
    bool is_complete = true;     ///< no limit was reached

    std::string const* href(html_link const& link) const noexcept { return elements[link.element].find("href"); }
    std::size_t line_of(std::size_t offset) const noexcept;

    std::vector<std::size_t> line_ends;
};

/// Total, in linear time. `html` in UTF-8; it must outlive the document, whose styles point into it.
html_document read_html(std::string_view html);

}  // namespace postrider::lint
