#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"

/// What mail programs remove because it could run.
namespace postrider::lint {
namespace {

constexpr std::array<std::string_view, 9> active{"applet", "base",   "embed",  "frame", "frameset",
                                                 "iframe", "object", "portal", "script"};

bool is_refresh(html_element const& element) {
    return element.name == "meta" && element.find("http-equiv") &&
           ascii::equal_without_case(*element.find("http-equiv"), "refresh");
}

}  // namespace

void check_active_content(letter const& mail, findings& found) {
    for (auto const& one : mail.htmls) {
        found.made("html-active");
        for (auto const& element : one.document.elements) {
            if (std::find(active.begin(), active.end(), element.name) != active.end() || is_refresh(element))
                found.fault("html-active", {{"what", "<" + element.name + ">"}}, in_html(one, element.offset));
            for (auto const& [name, value] : element.attributes)
                if (name.starts_with("on") && name.size() > 4)
                    found.fault("html-active", {{"what", name}}, in_html(one, element.offset));
        }
    }
}

}  // namespace postrider::lint
