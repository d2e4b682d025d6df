#pragma once
#include <memory>
#include <postrider/mime/header_field.hpp>
#include <postrider/mime/message.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "../transfer_encoding.hpp"
#include "assembler.hpp"
#include "row_values.hpp"
#include "template_text.hpp"

namespace postrider::mime::merge {

/// What a row writes for itself, and what all rows share, in the order in which they stand in the message.
class slot {
public:
    virtual ~slot() = default;
    virtual void write(row_values& values, assembler& out) const = 0;

    /// At most this many pieces.
    virtual std::size_t pieces() const noexcept { return 1; }
};
using slot_ptr = std::unique_ptr<slot const>;

/// A piece that is the same for all.
slot_ptr common_slot(wire::piece piece);

/// Whether there are holes in a field's body, and the slot for one that has.            Throws mime::error: bad_hole
bool has_holes(field_body const& body) noexcept;
slot_ptr field_slot(field const& one, column_names const& columns);

/// The body of a text leaf with holes.
struct body_template {
    template_text segments;  ///< UTF-8
    bool html = false;
    std::string charset;
    transfer_encoding encoding = transfer_encoding::quoted_printable;  ///< or base64
    bool needs_line_end = false;                                       ///< at its end, where the encoding leaves it off
};
/// Throws mime::error: bad_hole for a hole that no value can safely fill; unencodable.
slot_ptr body_slot(body_template const& body);

}  // namespace postrider::mime::merge
