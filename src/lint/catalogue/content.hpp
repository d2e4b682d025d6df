#pragma once
#include <array>
#include <postrider/lint/check.hpp>

namespace postrider::lint {

inline constexpr std::array content_checks{
    check{"body-present", group::content, level::warning, "RFC 5322 §3.5",
          "https://www.rfc-editor.org/rfc/rfc5322.html#section-3.5", "There is something to read",
          "There is nothing to read", "The message has no text that anybody could see."},
    check{"text-alternative", group::content, level::warning, "RFC 2046 §5.1.4",
          "https://www.rfc-editor.org/rfc/rfc2046.html#section-5.1.4", "There is a text for those who do not read HTML",
          "HTML without a text alternative",
          "Terminals, watches, screen readers, previews and searches want text/plain, and filters count its absence. "
          "Add one as the first part of a multipart/alternative."},
    check{"text-alternative-agrees", group::content, level::warning, "RFC 2046 §5.1.4",
          "https://www.rfc-editor.org/rfc/rfc2046.html#section-5.1.4", "Text and HTML say the same",
          "Text and HTML do not say the same",
          "Only {percent} % of the words of the HTML stand in the text. Both are to be the same message: filters "
          "compare them, and people see one or the other."},
    check{"text-alternative-links", group::content, level::notice, "RFC 2046 §5.1.4",
          "https://www.rfc-editor.org/rfc/rfc2046.html#section-5.1.4",
          "The links of the HTML stand in the text as well", "Links of the HTML are missing in the text",
          "{count:address stands:addresses stand} in the HTML alone, the first is {url}: who reads the text cannot "
          "follow them."},
    check{"alternatives-order", group::content, level::error, "RFC 2046 §5.1.4",
          "https://www.rfc-editor.org/rfc/rfc2046.html#section-5.1.4", "The alternatives go from plain to rich",
          "The alternatives are in the wrong order",
          "text/plain stands behind text/html: programs show the last they understand, which is then the plain one."},
    check{"parts-filled", group::content, level::notice, "RFC 2046 §5.1",
          "https://www.rfc-editor.org/rfc/rfc2046.html#section-5.1", "No part is empty", "An empty part",
          "{count:part has:parts have} no content, the first is of type {type}."},
    check{"charset-declared", group::content, level::warning, "RFC 2046 §4.1.2",
          "https://www.rfc-editor.org/rfc/rfc2046.html#section-4.1.2", "Text beyond ASCII says its charset",
          "Text beyond ASCII without a charset",
          "A part of type {type} holds octets beyond ASCII and does not say what they mean."},
    check{"charset-known", group::content, level::error, "RFC 2046 §4.1.2",
          "https://www.rfc-editor.org/rfc/rfc2046.html#section-4.1.2", "The charsets are known", "An unknown charset",
          "Nobody knows the charset “{charset}”."},
    check{"charset-true", group::content, level::error, "RFC 2046 §4.1.2",
          "https://www.rfc-editor.org/rfc/rfc2046.html#section-4.1.2", "The text is of the charset that it declares",
          "The text is not of the charset that it declares",
          "A part declares {charset} and holds octets that are none of it: readers see replacement characters."},
    check{"html-charset-agrees", group::content, level::notice, "HTML, meta charset",
          "https://html.spec.whatwg.org/multipage/semantics.html#charset", "The HTML names the charset of its part",
          "The HTML names another charset than its part",
          "The part declares {charset}, the HTML says {html}. Programs that save or forward the HTML may believe the "
          "wrong one."},
    check{"flowed-lines", group::content, level::notice, "RFC 3676 §4.2",
          "https://www.rfc-editor.org/rfc/rfc3676.html#section-4.2", "The lines of flowed text are short enough",
          "Flowed text with long lines",
          "The text calls itself format=flowed and has a line of {octets} octets: flowed text is written in lines of "
          "at most 78, for those who do not know the format."},
    check{"text-lines", group::content, level::notice, "RFC 5322 §2.1.1",
          "https://www.rfc-editor.org/rfc/rfc5322.html#section-2.1.1", "The lines of the text are short enough to read",
          "The text has very long lines",
          "A line of the text has {octets} octets. Not all programs wrap: break lines at 78, or write format=flowed."},
    check{"html-active", group::content, level::error, "caniemail.com, html-form",
          "https://www.caniemail.com/features/html-form/", "The HTML has nothing that runs",
          "The HTML holds what no mail program runs",
          "{count:element or attribute that runs code or loads documents:elements or attributes that run code or load "
          "documents}, the first is {what}: they are removed, and "
          "filters take them for an attack."},
    check{"html-complete", group::content, level::notice, "Postrider, limits", "docs/checks.md",
          "All of the HTML was looked at", "Not all of the HTML was looked at",
          "The HTML is larger than what these checks look at."},
};

}  // namespace postrider::lint
