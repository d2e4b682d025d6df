#pragma once
#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <postrider/mime/merge.hpp>
#include <string>
#include <vector>

#include "json_report.hpp"

namespace postrider::app {

/// Which row something is told of.
struct row_place {
    std::uint64_t row = 0, line = 0;
};
/// "row 3 (line 4)"
std::string to_string(row_place);

/// What became of the rows, told while it happens, so that memory stays flat: to people a line for each row that did
/// not go through, to machines one document with an element for each row.
///     {"server","rows":[{"row","line","outcome":"sent|refused|failed|in_doubt","message_id","size","accepted":[...],
///      "refused":[...],"error":null|{...}}],"sent","refused","failed","in_doubt":[row],"next_row":null|row,
///      "error":null|{...}}
/// `refused` counts rows of which no recipient was accepted, `failed` those that could not be filled. The lists and
/// errors are those of `send --json`. `next_row` is where a run that stopped goes on: behind the rows in doubt.
class merge_report {
public:
    merge_report(std::ostream& out, bool as_json, bool quiet, std::string server);
    ~merge_report();
    merge_report(merge_report const&) = delete;
    merge_report& operator=(merge_report const&) = delete;

    /// Sent, refused or in doubt.
    void tell(row_place, send_outcome const&);
    void tell(row_place, mime::merge_failure const&);

    /// The run stopped before this row, or in doubt of it.
    void stop(row_place, send_outcome const&);
    void stop(error const&);

    /// Ends the report; the code that the program ends with.
    exit_code end();

    std::uint64_t rows() const noexcept { return sent_ + partly_ + refused_ + failed_; }
    std::string summary() const;

private:
    void tell_row(row_place, char const* outcome, boost::json::object more);
    void begin_line();

    std::ostream& out_;
    bool as_json_, quiet_;
    bool ended_ = false;
    std::uint64_t told_ = 0;  // elements of the document
    std::uint64_t sent_ = 0, partly_ = 0, refused_ = 0, failed_ = 0, transient_ = 0;
    std::vector<row_place> in_doubt_;
    std::optional<row_place> stopped_at_;
    std::optional<exit_code> stopped_with_;
    boost::json::value error_;
};

}  // namespace postrider::app
