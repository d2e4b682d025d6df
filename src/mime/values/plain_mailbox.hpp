#pragma once
#include <cstddef>
#include <string_view>

/// Mailboxes that are written the way nearly all are: measured where they stand, before anything is gathered. What is
/// not plain, valid or not, measures 0 and is to be read the long way, which says the same of plain ones.
namespace postrider::mime {

/// A display name at the front of `text`, up to the "<" behind it.
///     plain-name = 1*(atext / ".") *(SP 1*(atext / ".")) SP / DQUOTE *qtext DQUOTE SP
struct plain_name {
    std::string_view content;  ///< without quotes
    std::size_t octets = 0;    ///< up to the "<"
};
plain_name measure_plain_name(std::string_view text) noexcept;

/// dot-atom "@" dot-atom at the front of `text`.
std::size_t measure_plain_addr_spec(std::string_view text) noexcept;

}  // namespace postrider::mime
