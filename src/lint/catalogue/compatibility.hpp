#pragma once
#include <array>
#include <postrider/lint/check.hpp>

namespace postrider::lint {

inline constexpr std::array compatibility_checks{
    check{"compat-html", group::compatibility, level::warning, "caniemail.com, HTML",
          "https://www.caniemail.com/search/?s=html", "Most mail clients know the HTML that is used",
          "HTML that many mail clients do not know",
          "{count:feature:features}, the first is {feature}: not supported by {clients} of {of} clients."},
    check{"compat-css", group::compatibility, level::warning, "caniemail.com, CSS",
          "https://www.caniemail.com/search/?s=css", "Most mail clients know the CSS that is used",
          "CSS that many mail clients do not know",
          "{count:feature:features}, the first is {feature}: not supported by {clients} of {of} clients. See that the "
          "mail "
          "can be read without."},
    check{"compat-images", group::compatibility, level::warning, "caniemail.com, image formats",
          "https://www.caniemail.com/search/?s=image", "Most mail clients show the formats of the images",
          "Image formats that many mail clients do not show",
          "{count:format:formats}, the first is {feature}: not supported by {clients} of {of} clients."},
    check{"compat-style-link", group::compatibility, level::warning, "caniemail.com, html-link",
          "https://www.caniemail.com/features/html-link/", "No style comes from elsewhere",
          "A style sheet from elsewhere",
          "{count:link or @import rule:link or @import rules}: nearly no mail client loads them. Put styles into the "
          "elements."},
};

}  // namespace postrider::lint
