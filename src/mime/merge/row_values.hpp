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

    /// Whether the value, blanks around it aside, was found to be an addr-spec. A fallback is never known to be.
    bool is_address(hole const& where) const noexcept { return addresses_.has(where.column); }
    void remember_address(hole const& where) noexcept {
        addresses_.remember(where.column, !row_.values[where.column].empty());
    }

    void fail(errc code, hole const& where, std::string_view why);
    void fail(errc code, std::string what);
    bool failed() const noexcept { return failure_.has_value(); }
    std::optional<merge_failure>& failure() noexcept { return failure_; }

private:
    /// Those of the first 64 columns whose values were found good, so that each is looked at once, though it may stand
    /// in several places. A fallback in an empty value's place was looked at when the template was read.
    class good_columns {
    public:
        bool has(std::size_t column) const noexcept { return column < 64 && (bits_ >> column & 1) != 0; }
        bool remember(std::size_t column, bool good) noexcept {
            if (good && column < 64) bits_ |= std::uint64_t{1} << column;
            return good;
        }

    private:
        std::uint64_t bits_ = 0;
    };

    merge_row const& row_;
    std::string_view date_;
    good_columns utf8_, without_controls_, addresses_;
    std::optional<merge_failure> failure_;
};

/// Puts a text of literals and values together.
void append_filled(std::string& out, template_text const& text, row_values& values);

}  // namespace postrider::mime::merge
