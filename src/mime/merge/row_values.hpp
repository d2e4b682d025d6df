#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <postrider/mime/merge.hpp>
#include <string>
#include <string_view>

#include "escaping.hpp"
#include "template_text.hpp"

namespace postrider::mime::merge {

/// One row while it is written, and what was wrong with it first. Whoever asks for a value gets one, an empty one after
/// a failure, and goes on: the octets are thrown away in the end.
class row_values {
public:
    /// `date`  of the row, as its field has it.
    explicit row_values(merge_row const& row, std::string_view date = {}) noexcept : row_(row), date_(date) {}

    merge_row const& row() const noexcept { return row_; }
    std::string_view date() const noexcept { return date_; }

    /// The value for a hole, or its fallback: UTF-8, and not empty unless the fallback is.
    /// failures   missing_value, unencodable
    std::string_view of(hole const& where);

    /// The same for a header field.                                                   failures: also control_character
    std::string_view in_field(hole const& where);

    void fail(errc code, hole const& where, std::string_view why);
    void fail(errc code, std::string what);
    bool failed() const noexcept { return failure_.has_value(); }
    std::optional<merge_failure>& failure() noexcept { return failure_; }

private:
    bool is_utf8(std::size_t column, std::string_view value) noexcept;

    merge_row const& row_;
    std::string_view date_;
    std::uint64_t known_utf8_ = 0;  // a bit for each of the first columns: a value may stand in several places
    std::optional<merge_failure> failure_;
};

/// Puts a text of literals and values together.
void append_filled(std::string& out, template_text const& text, row_values& values);

}  // namespace postrider::mime::merge
