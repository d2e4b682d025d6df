#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <deque>
#include <limits>
#include <optional>
#include <postrider/core/limits.hpp>
#include <postrider/mime/merge_rows.hpp>
#include <utility>

#include "../checks.hpp"

namespace postrider::mime {
namespace {

namespace json = boost::json;
using json_error = boost::system::error_code;

constexpr std::size_t no_column = std::numeric_limits<std::size_t>::max();

/// A row as it was read, its values one behind the other.
struct read_row {
    struct member {
        std::size_t column, begin, end;
    };
    std::uint64_t line = 0;
    std::string octets;
    std::vector<member> members;
    std::string defect;
};

/// Takes the parser's events and makes rows of them: of each object that stands by itself or right in the outermost
/// array. What stands deeper is no value for a hole.
class row_collector {
public:
    static constexpr std::size_t max_object_size = limits::merge_row_octets;
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = limits::merge_row_octets;
    static constexpr std::size_t max_string_size = limits::merge_row_octets;

    std::deque<read_row> rows;
    std::vector<std::string> columns;
    bool columns_known = false;
    std::uint64_t line = 1;
    std::string wrong;  ///< why an event was refused

    bool on_document_begin(json_error&) { return true; }
    bool on_document_end(json_error&) { return true; }

    bool on_object_begin(json_error&) {
        if (in_row_) return begin_nested();
        in_row_ = true;
        row_.line = line;
        return true;
    }
    bool on_object_end(std::size_t, json_error&) {
        if (nested_ > 0) return --nested_, true;
        columns_known = true;
        in_row_ = false;
        rows.push_back(std::exchange(row_, {}));
        return true;
    }
    bool on_array_begin(json_error& ec) {
        if (in_row_) return begin_nested();
        return std::exchange(in_array_, true) ? refuse(ec, "an array stands where an object should") : true;
    }
    bool on_array_end(std::size_t, json_error&) {
        if (nested_ > 0)
            --nested_;
        else
            in_array_ = false;
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t, json_error&) {
        if (nested_ == 0) key_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view rest, std::size_t, json_error& ec) {
        if (nested_ > 0) return true;
        key_.append(rest.data(), rest.size());
        value_begin_ = row_.octets.size();
        return find_column(std::exchange(key_, {}), ec);
    }

    bool on_string_part(json::string_view part, std::size_t, json_error& ec) { return add(part, ec); }
    bool on_string(json::string_view rest, std::size_t, json_error& ec) { return add(rest, ec) && end_value(ec); }
    bool on_number_part(json::string_view part, json_error& ec) { return add(part, ec); }
    bool on_int64(std::int64_t, json::string_view rest, json_error& ec) { return add(rest, ec) && end_value(ec); }
    bool on_uint64(std::uint64_t, json::string_view rest, json_error& ec) { return add(rest, ec) && end_value(ec); }
    bool on_double(double, json::string_view rest, json_error& ec) { return add(rest, ec) && end_value(ec); }
    bool on_bool(bool yes, json_error& ec) { return add(yes ? "true" : "false", ec) && end_value(ec); }
    bool on_null(json_error& ec) { return end_value(ec); }
    bool on_comment_part(json::string_view, json_error&) { return true; }
    bool on_comment(json::string_view, json_error&) { return true; }

private:
    bool refuse(json_error& ec, char const* why) {
        wrong = why;
        ec = json::error::syntax;
        return false;
    }

    bool begin_nested() {
        if (nested_++ == 0 && column_ != no_column && row_.defect.empty())
            row_.defect = "an array or object stands for " + shown(columns[column_]);
        return true;
    }

    // The first row's members are the columns.
    bool find_column(std::string&& key, json_error& ec) {
        auto const found = std::ranges::find(columns, key);
        column_ = found == columns.end() ? no_column : static_cast<std::size_t>(found - columns.begin());
        if (column_ != no_column || columns_known) return true;
        if (columns.size() == limits::merge_columns) return refuse(ec, "more columns than limits::merge_columns");
        column_ = columns.size();
        columns.push_back(std::move(key));
        return true;
    }

    bool add(json::string_view part, json_error& ec) {
        if (nested_ > 0 || column_ == no_column) return true;
        if (row_.octets.size() + part.size() > limits::merge_row_octets)
            return refuse(ec, "a row longer than limits::merge_row_octets");
        row_.octets.append(part.data(), part.size());
        return true;
    }

    bool end_value(json_error& ec) {
        if (!in_row_) return refuse(ec, "a bare value stands where an object should");
        if (nested_ == 0 && column_ != no_column) row_.members.push_back({column_, value_begin_, row_.octets.size()});
        return true;
    }

    read_row row_;
    std::string key_;
    std::size_t column_ = no_column;
    std::size_t value_begin_ = 0;
    std::size_t nested_ = 0;  // containers inside the row
    bool in_array_ = false, in_row_ = false;
};

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Feeds the parser line by line, so that a failure can say where it is; rows that are done wait for their turn.
class json_rows final : public merge_rows {
public:
    explicit json_rows(read_octets more) : more_(std::move(more)) {}

    std::optional<merge_failure> read_first(std::vector<std::string> const& optional) {
        if (auto failure = read_until_row()) return failure;
        auto& columns = collected().columns;
        for (auto const& name : optional)
            if (std::ranges::find(columns, name) == columns.end()) columns.push_back(name);
        collected().columns_known = true;
        return std::nullopt;
    }

    std::vector<std::string> const& columns() const noexcept override { return parser_.handler().columns; }

    result<bool, merge_failure> next(merge_row& row) override {
        if (auto failure = read_until_row()) return std::move(*failure);
        auto& rows = collected().rows;
        if (rows.empty()) return false;
        current_ = std::move(rows.front());
        rows.pop_front();
        row.number = ++rows_;
        row.line = current_.line;
        row.defect = current_.defect;
        row.values.assign(columns().size(), {});
        for (auto const& one : current_.members)
            row.values[one.column] = std::string_view(current_.octets).substr(one.begin, one.end - one.begin);
        return true;
    }

private:
    row_collector& collected() noexcept { return parser_.handler(); }

    // A failure waits until the rows in front of it are used up.
    std::optional<merge_failure> read_until_row() {
        while (collected().rows.empty()) {
            if (failure_) return std::exchange(failure_, std::nullopt);
            if (at_end_) break;
            auto const got = more_();
            at_end_ = !got || got->empty();
            if (!got)
                failure_ = merge_failure{errc::bad_data, "reading the data failed: " + got.error().message()};
            else
                failure_ = at_end_ ? finish() : parse(skip_mark(*got));
            at_end_ |= failure_.has_value();
        }
        return std::nullopt;
    }

    // Its octets may come one by one.
    std::string_view skip_mark(std::string_view octets) noexcept {
        constexpr std::string_view mark = "\xEF\xBB\xBF";
        while (mark_octets_ < mark.size() && !octets.empty()) {
            if (octets.front() != mark[mark_octets_]) return mark_octets_ = mark.size(), octets;
            octets.remove_prefix(1);
            ++mark_octets_;
        }
        return octets;
    }

    std::optional<merge_failure> parse(std::string_view octets) {
        while (!octets.empty()) {
            auto const line = octets.substr(0, octets.find('\n') + 1);
            auto const part = line.empty() ? octets : line;
            if (auto failure = parse_part(part)) return failure;
            octets.remove_prefix(part.size());
            if (!part.ends_with('\n')) continue;
            ++collected().line;
            column_ = 0;
        }
        return std::nullopt;
    }

    // A document may end, and the next begin, in the middle of a line.
    std::optional<merge_failure> parse_part(std::string_view part) {
        while (!part.empty()) {
            if (!in_document_) {
                auto const blanks = static_cast<std::size_t>(std::ranges::find_if_not(part, is_blank) - part.begin());
                part.remove_prefix(blanks);
                column_ += blanks;
                if (part.empty()) break;
                parser_.reset();
                in_document_ = true;
            }
            json_error ec;
            auto const taken = parser_.write_some(true, part.data(), part.size(), ec);
            column_ += taken;
            if (ec) return failure(ec);
            part.remove_prefix(taken);
            if (parser_.done()) in_document_ = false;
        }
        return std::nullopt;
    }

    std::optional<merge_failure> finish() {
        if (!in_document_) return std::nullopt;
        json_error ec;
        parser_.write_some(false, nullptr, 0, ec);
        if (ec) return failure(ec);
        return std::nullopt;
    }

    merge_failure failure(json_error const& ec) const {
        auto const& found = parser_.handler();
        return {errc::bad_data, "line " + std::to_string(found.line) + ", column " + std::to_string(column_ + 1) +
                                    ": " + (found.wrong.empty() ? ec.message() : found.wrong)};
    }

    read_octets more_;
    json::basic_parser<row_collector> parser_{json::parse_options()};
    read_row current_;
    std::optional<merge_failure> failure_;
    std::uint64_t rows_ = 0;
    std::size_t column_ = 0;       // octets of the line behind us
    std::size_t mark_octets_ = 0;  // of a byte order mark, behind us
    bool at_end_ = false, in_document_ = false;
};

}  // namespace

result<merge_rows_ptr, merge_failure> read_json(read_octets more, std::vector<std::string> const& optional) {
    auto rows = std::make_unique<json_rows>(std::move(more));
    if (auto failure = rows->read_first(optional)) return std::move(*failure);
    return merge_rows_ptr(std::move(rows));
}

}  // namespace postrider::mime
