#pragma once
#include <array>
#include <postrider/lint/check.hpp>

namespace postrider::lint {

inline constexpr std::array links_checks{
    check{"link-form", group::links, level::error, "URL Standard", "https://url.spec.whatwg.org/#url-parsing",
          "The links are well-formed", "A malformed link",
          "{count:link leads nowhere as it is:links lead nowhere as they are} written, the first is “{url}”."},
    check{"link-target", group::links, level::warning, "HTML, href",
          "https://html.spec.whatwg.org/multipage/links.html#attr-hyperlink-href", "Each link has a target",
          "A link without a target", "{count:link has:links have} no address or only “#”, the first reads “{text}”."},
    check{"link-scheme", group::links, level::error, "RFC 3986 §3.1",
          "https://www.rfc-editor.org/rfc/rfc3986.html#section-3.1", "Links lead where mail programs follow",
          "A link that mail programs do not follow",
          "{count:link:links}, the first is “{url}”: such a scheme is removed, or taken for an attack."},
    check{"link-text", group::links, level::error, "M3AAWG, anti-phishing practices",
          "https://www.m3aawg.org/published-documents", "No link shows another host than it leads to",
          "A link shows another host than it leads to",
          "It reads “{text}” and leads to {host}: filters take this for phishing, and so may people."},
    check{"link-https", group::links, level::notice, "RFC 2818 §1",
          "https://www.rfc-editor.org/rfc/rfc2818.html#section-1", "The links use https", "Links over plain http",
          "{count:link:links}, the first is {url}: anybody on the way can read and change what is behind them, and "
          "browsers "
          "warn."},
    check{"link-ip", group::links, level::warning, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "No link leads to a bare address",
          "A link leads to a bare IP address", "{count:link:links}, the first is {url}: filters count that."},
    check{"link-shortener", group::links, level::warning, "Spamhaus, URL shorteners",
          "https://www.spamhaus.org/resource-hub/", "No link hides behind a shortener",
          "A link hides behind a shortener",
          "{count:link:links}, the first is {url}: nobody sees where it leads, and shorteners stand on blocklists."},
    check{"link-length", group::links, level::notice, "RFC 9110 §4.1",
          "https://www.rfc-editor.org/rfc/rfc9110.html#section-4.1", "The links are not overlong", "An overlong link",
          "{count:link:links} of more than 2,000 octets, the first has {octets}: programs cut them."},
    check{"link-punycode", group::links, level::warning, "Unicode TR 39 §4",
          "https://www.unicode.org/reports/tr39/#Confusable_Detection", "No host mixes scripts",
          "A host that can be taken for another",
          "{host} mixes letters of different scripts or stands in for a name in Latin letters: browsers and filters "
          "take this for phishing."},
    check{"link-user-info", group::links, level::warning, "RFC 3986 §7.6",
          "https://www.rfc-editor.org/rfc/rfc3986.html#section-7.6", "No link names a user in front of its host",
          "A link with a user in front of its host",
          "{count:link:links}, the first is {url}: what stands before @ is not where it leads."},
    check{"link-mailto", group::links, level::error, "RFC 6068 §2",
          "https://www.rfc-editor.org/rfc/rfc6068.html#section-2", "The mailto: links are well-formed",
          "A malformed mailto: link", "{count:link:links}, the first is “{url}”."},
    check{"link-unsubscribe", group::links, level::notice, "Gmail, email sender guidelines",
          "https://support.google.com/a/answer/81126", "Bulk mail shows how to unsubscribe",
          "Bulk mail without an unsubscribe link in its text",
          "Gmail and Yahoo want a clearly visible link in the body, beside the header field."},
    check{"link-reachable", group::links, level::error, "RFC 9110 §15",
          "https://www.rfc-editor.org/rfc/rfc9110.html#section-15", "The links lead somewhere", "Dead links",
          "{count:link:links}, the first is {url}: {answer}."},
    check{"link-redirects", group::links, level::notice, "RFC 9110 §15.4",
          "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4", "The links lead directly",
          "Links through redirects to another host", "{count:link:links}, the first is {url}, which ends at {final}."},
};

}  // namespace postrider::lint
