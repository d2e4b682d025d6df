#pragma once
#include <array>
#include <postrider/lint/check.hpp>

namespace postrider::lint {

inline constexpr std::array images_checks{
    check{"image-alt", group::images, level::warning, "WCAG 2.2 §1.1.1",
          "https://www.w3.org/TR/WCAG22/#non-text-content", "All images have a text in their place",
          "Images without a text in their place",
          "{count:image has:images have} no alt attribute, the first is {source}. Many programs show no images until "
          "asked, and "
          "screen readers read alt; give alt=\"\" to mere decoration."},
    check{"image-size", group::images, level::notice, "HTML, dimension attributes",
          "https://html.spec.whatwg.org/multipage/embedded-content-other.html#dimension-attributes",
          "All images say their size", "Images without width and height",
          "{count:image does not say how large it is:images do not say how large they are}, the first is {source}: the "
          "layout jumps when they come, and "
          "Outlook shows them at their own size."},
    check{"image-only", group::images, level::warning, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "There is text beside the images",
          "The message is only a picture",
          "{images:image:images} and {characters:character:characters} of text: nothing can be read before they load, "
          "and filters "
          "count that."},
    check{"image-text-ratio", group::images, level::notice, "SpamAssassin, HTML_IMAGE_RATIO",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "There is enough text for the area of the images",
          "Much image and little text",
          "{characters:character:characters} beside images of {pixels} pixels in all, by their width and height: below "
          "2 for each "
          "1000 pixels filters count that."},
    check{"image-weight", group::images, level::notice, "Postrider, limits", "docs/checks.md",
          "The images that come with the message are light", "The images that come with the message are heavy",
          "{images:image comes:images come} with the message, {octets} octets in all: each reader loads them, wanted "
          "or not, and "
          "phones wait for them. Above 1 MB shrink them, or leave them on a server."},
    check{"image-remote", group::images, level::notice, "Gmail, email sender guidelines",
          "https://support.google.com/a/answer/81126", "Some image comes with the message, or none is needed",
          "All images are remote",
          "{images:image, which loads:images, all of which load} from elsewhere: many programs block them until the "
          "reader agrees."},
    check{"image-data-uri", group::images, level::warning, "caniemail.com, image-base64",
          "https://www.caniemail.com/features/image-base64/",
          "No image is written into the HTML as data:", "Images written into the HTML as data:",
          "{count:image is:images are} written as a data: URI. Gmail, Outlook and others do not show them: attach them "
          "inline and refer to "
          "them with cid:."},
    check{"image-cid", group::images, level::error, "RFC 2392 §2",
          "https://www.rfc-editor.org/rfc/rfc2392.html#section-2", "Each cid: leads to a part",
          "A cid: that leads nowhere",
          "{count:reference has:references have} no part, the first is cid:{cid}: a broken picture is shown."},
    check{"inline-referenced", group::images, level::notice, "RFC 2183 §2.1",
          "https://www.rfc-editor.org/rfc/rfc2183.html#section-2.1", "Each inline image is used",
          "Inline images that the HTML does not use",
          "{count:inline part:inline parts} with a Content-ID that nothing refers to, the first is {cid}: some "
          "programs list them "
          "as attachments, some do not show them at all."},
};

}  // namespace postrider::lint
