#pragma once
#include <functional>
#include <memory>
#include <postrider/core/result.hpp>
#include <postrider/mime/merge.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Rows for group mail, from CSV or JSON in UTF-8, read while they are used: memory does not grow with their number.
namespace postrider::mime {

/// Gives the next octets of the data, any number of them, and none at the end. They are looked at before the next call.
using read_octets = std::function<result<std::string_view>()>;

class merge_rows {
public:
    virtual ~merge_rows() = default;

    virtual std::vector<std::string> const& columns() const noexcept = 0;

    /// Puts the next row in place of what `row` held; false at the end. A row that does not fit the columns comes with
    /// its `defect`, and the next may be fine.
    /// lifetime   the row's views hold until the next call.
    /// errors     bad_data, with line and column, after which there is no next row; what `read_octets` failed with.
    virtual result<bool, merge_failure> next(merge_row& row) = 0;
};
using merge_rows_ptr = std::unique_ptr<merge_rows>;

/// CSV with a header line.                                                                                RFC 4180
///     record = field *("," field) line-end          field = *TEXTDATA / DQUOTE *(any / 2DQUOTE) DQUOTE
/// A line ends with CRLF, LF or CR; fields in quotes may hold all three. Empty lines count for nothing, and so does a
/// byte order mark. Too few or too many fields, and quotes in wrong places, are the row's defect.
/// errors     bad_data: no header line, a column's name twice, a quote that never ends, UTF-16, a limit
///            (limits::merge_row_octets, ::merge_columns); what `more` failed with.
result<merge_rows_ptr, merge_failure> read_csv(read_octets more);

/// JSON: an array of objects, or objects one after another (JSON Lines).                                  RFC 8259
/// The first object's members are the columns. Later ones may lack some, which are then empty, and have others, which
/// count for nothing. Numbers are taken as they are written; null is empty; an array or object is the row's defect.
/// `optional`  columns that are there even if the first object lacks them.
/// errors     bad_data: what is no JSON, a limit; what `more` failed with. Without any row there are only the optional
///            columns.
result<merge_rows_ptr, merge_failure> read_json(read_octets more, std::vector<std::string> const& optional = {});

}  // namespace postrider::mime
