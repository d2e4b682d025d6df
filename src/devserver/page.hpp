#pragma once
#include <optional>
#include <string_view>

namespace postrider::devserver {

struct page_content {
    std::string_view content_type;
    std::string_view octets;
};

/// A file of the page, which is built into the program: "" is the page itself.
std::optional<page_content> page_file(std::string_view name) noexcept;

}  // namespace postrider::devserver
