#pragma once
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// A field body ready to be cut into tokens: unfolded, in UTF-8, without controls. U+FFFD stands in for what was no
/// text; it has no meaning in any grammar, and an address or msg-id that holds one is not the one that was sent.
struct field_text {
    std::string text;
    std::vector<defect_kind> defects;  ///< undecodable_bytes, non_printable
};
field_text read_field_text(std::string_view field_body);

/// Whether U+FFFD stands in `text`.
bool was_repaired(std::string_view text) noexcept;

/// Tells a kind once.
void add_defect(std::vector<defect_kind>& defects, defect_kind kind);

}  // namespace postrider::mime
