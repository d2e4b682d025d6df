#pragma once
#include <string>
#include <string_view>

namespace postrider::devserver {

/// A stranger's HTML without the elements that make a browser reach out before it asks whether it may: frames and links.
/// What stays is no less a stranger's: serve it with html_policy.
///
/// Chromium connects to where a frame wants to go and looks at the Content-Security-Policy only then; others open
/// connections for <link rel=preconnect>, which no directive covers. Elements are found as text, not by parsing: a start
/// tag has its name behind "<" letter for letter (HTML §13.2.5.6), whatever stands around it, so that none is missed,
/// and another name there means no more to a browser than a word does.
std::string without_frames_and_links(std::string_view html);

}  // namespace postrider::devserver
