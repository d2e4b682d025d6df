#pragma once
#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace postrider::devserver {

/// The header section at the front of a message, its blank line included; all octets where there is none.
std::string_view header_section(std::string_view octets) noexcept;

/// The root part as `postrider parse --json` has it.
boost::json::object structure_of(std::string_view octets);

/// A leaf as a browser may have it.
struct part_content {
    std::string content_type;  ///< an image that browsers draw without running anything, else application/octet-stream
    std::string file_name;     ///< untrusted
    std::string octets;        ///< after transfer decoding
};

/// `index`    parts count depth first, the message itself being 0.
/// returns    nothing if there is no such part.
std::optional<part_content> part_of(std::string_view octets, std::size_t index);

/// An HTML part as a document of its own, its cid: references leading to `parts_path` + the index of the part they
/// name. It is still the stranger's HTML: serve it with html_policy. `index`    the part; nothing: the first one whose
/// type is text/html and which is no attachment.
std::optional<std::string> html_of(std::string_view octets, std::optional<std::size_t> index,
                                   std::string_view parts_path);

/// The Content-Security-Policy for html_of: no script, no form, no frame, nothing from anywhere but images from
/// `parts_url`. A window that a click opens is as free as any.
std::string html_policy(std::string_view parts_url);

}  // namespace postrider::devserver
