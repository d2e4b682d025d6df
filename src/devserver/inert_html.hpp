#pragma once
#include <string>
#include <string_view>

namespace postrider::devserver {

/// A stranger's HTML that reaches nothing by itself, and by a click only what one sees it lead to: a web page or a mail
/// address, in a window of its own that knows nothing of this one. What stays is no less a stranger's: serve it with
/// html_policy.
///
///     a       keeps an href that is http://, https://, mailto: or a place in the same document; other addresses, and
///             ping, download and whatever target it had are left out
///     area    keeps no address
///     frames, objects, math and what animates an attribute of SVG have other names, and link is a meta without meaning
///
/// Chromium connects to where a frame wants to go and looks at the Content-Security-Policy only then; others open
/// connections for <link rel=preconnect>, which no directive covers.
///
/// Each "<" in front of a letter is read as a tag (HTML §13.2.5.6), also in a comment or a style, and within a tag no
/// other "<" stays: wherever a browser sees a tag, it sees one that went through here.
std::string inert_html(std::string_view html);

}  // namespace postrider::devserver
