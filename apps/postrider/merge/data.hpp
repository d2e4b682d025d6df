#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <postrider/mime/merge_rows.hpp>
#include <string>
#include <vector>

namespace postrider::app {

/// A file of rows, read piece by piece.
class merge_data {
public:
    /// `optional`   columns that JSON may lack in its first object.
    /// errors       app::error: no_input; bad_data with line and column
    merge_data(std::string const& file, std::string const& format, std::vector<std::string> const& optional);

    std::vector<std::string> const& columns() const noexcept { return rows_->columns(); }

    /// errors       app::error: bad_data, io_error
    bool next(mime::merge_row& row);

    /// How much of the file has been read, between 0 and 1; nothing where that cannot be known.
    std::optional<double> share_read() const noexcept;

private:
    struct position {
        std::uint64_t read = 0, size = 0;
    };
    std::string name_;
    std::shared_ptr<position> position_ = std::make_shared<position>();
    mime::merge_rows_ptr rows_;
};

}  // namespace postrider::app
