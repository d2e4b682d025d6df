#include <algorithm>
#include <optional>
#include <postrider/core/limits.hpp>
#include <postrider/mime/merge_rows.hpp>
#include <utility>

#include "../checks.hpp"

namespace postrider::mime {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Cuts octets into records, one octet after the other, whatever the pieces they come in.
class record_reader {
public:
    explicit record_reader(read_octets more) : more_(std::move(more)) {}

    /// False at the end of the data.
    result<bool, merge_failure> next() {
        text_.clear();
        ends_.clear();
        defect_.clear();
        state_ = state::field_begin;
        begin_line_ = line_;
        for (;;) {
            auto const octet = take();
            if (failure_) return std::move(*failure_);
            if (!octet) return end_of_data();
            step(*octet);
            if (failure_) return std::move(*failure_);
            if (ended_record()) return true;
        }
    }

    std::size_t fields() const noexcept { return ends_.size(); }
    std::string_view field(std::size_t index) const noexcept {
        auto const begin = index == 0 ? 0 : ends_[index - 1];
        return std::string_view(text_).substr(begin, ends_[index] - begin);
    }
    std::string const& defect() const noexcept { return defect_; }
    std::uint64_t line() const noexcept { return begin_line_; }

private:
    enum class state { field_begin, unquoted, quoted, quote_in_quoted, record_end };

    std::optional<char> take() {
        while (at_ == chunk_.size()) {
            if (at_end_) return std::nullopt;
            auto got = more_();
            if (!got) {
                failure_ = merge_failure{errc::bad_data, "reading the data failed: " + got.error().message()};
                return std::nullopt;
            }
            chunk_ = *got;
            at_ = 0;
            at_end_ = chunk_.empty();
        }
        char const c = chunk_[at_++];
        bool const second_of_crlf = c == '\n' && std::exchange(after_cr_, c == '\r');
        if (c != '\n') after_cr_ = c == '\r';
        if (second_of_crlf) {
            if (state_ == state::quoted) return c;
            return take();  // the record ended with the CR
        }
        ++column_;
        if (c == '\n' || c == '\r') ++line_, column_ = 0;
        return c;
    }

    void step(char c) {
        switch (state_) {
            case state::field_begin:
                if (c == '"') return open_quote();
                state_ = state::unquoted;
                [[fallthrough]];
            case state::unquoted:
                if (ends_field(c)) return end_field(c);
                if (c == '"' && is_byte_order_mark()) return open_quote();
                if (c == '"') note("a quote in a field that does not begin with one");
                return add(c);
            case state::quoted:
                if (c == '"')
                    state_ = state::quote_in_quoted;
                else
                    add(c);
                return;
            case state::quote_in_quoted:
                if (c == '"') {
                    state_ = state::quoted;
                    return add(c);
                }
                if (ends_field(c)) return end_field(c);
                note("something behind a field's closing quote");
                state_ = state::unquoted;
                return add(c);
            case state::record_end: return;
        }
    }

    void open_quote() {
        text_.resize(ends_.empty() ? 0 : ends_.back());
        quote_line_ = line_;
        quote_column_ = column_;
        state_ = state::quoted;
    }

    bool is_byte_order_mark() const noexcept { return line_ == 1 && ends_.empty() && text_ == byte_order_mark; }

    static bool ends_field(char c) noexcept { return c == ',' || c == '\n' || c == '\r'; }

    void end_field(char c) {
        bool const empty_line = c != ',' && ends_.empty() && text_.empty() && state_ == state::unquoted;
        if (!empty_line) ends_.push_back(text_.size());
        state_ = c == ',' ? state::field_begin : state::record_end;
        if (ends_.size() > limits::merge_columns) fail("more fields than limits::merge_columns");
    }

    // An empty line is no record: the next begins behind it.
    bool ended_record() {
        if (state_ != state::record_end) return false;
        if (!ends_.empty()) return true;
        state_ = state::field_begin;
        begin_line_ = line_;
        return false;
    }

    result<bool, merge_failure> end_of_data() {
        if (state_ == state::quoted)
            return merge_failure{errc::bad_data, "line " + std::to_string(quote_line_) + ", column " +
                                                     std::to_string(quote_column_) + ": a quote that never ends"};
        bool const nothing = state_ == state::field_begin && ends_.empty();
        if (nothing) return false;
        ends_.push_back(text_.size());
        return true;
    }

    void add(char c) {
        text_ += c;
        if (text_.size() > limits::merge_row_octets) fail("a row longer than limits::merge_row_octets");
    }

    std::string here() const { return "line " + std::to_string(line_) + ", column " + std::to_string(column_) + ": "; }
    void note(char const* what) {
        if (defect_.empty()) defect_ = here() + what;
    }
    void fail(char const* what) { failure_ = merge_failure{errc::bad_data, here() + what}; }

    read_octets more_;
    std::string_view chunk_;
    std::size_t at_ = 0;
    bool at_end_ = false;
    bool after_cr_ = false;
    std::uint64_t line_ = 1, column_ = 0;
    std::uint64_t quote_line_ = 0, quote_column_ = 0, begin_line_ = 1;
    state state_ = state::field_begin;
    std::string text_;               // of all fields, one behind the other
    std::vector<std::size_t> ends_;  // of each field in it
    std::string defect_;
    std::optional<merge_failure> failure_;
};

class csv_rows final : public merge_rows {
public:
    explicit csv_rows(read_octets more) : records_(std::move(more)) {}

    std::optional<merge_failure> read_header() {
        auto const any = records_.next();
        if (!any) return any.error();
        if (!*any) return merge_failure{errc::bad_data, "there is no header line: the data is empty"};
        for (std::size_t i = 0; i < records_.fields(); ++i) {
            auto name = records_.field(i);
            if (i == 0 && name.starts_with(byte_order_mark)) name.remove_prefix(byte_order_mark.size());
            if (i == 0 && (name.starts_with("\xFF\xFE") || name.starts_with("\xFE\xFF")))
                return merge_failure{errc::bad_data, "the data is UTF-16; it has to be UTF-8"};
            auto const known = trimmed(name);
            if (!known.empty() && std::ranges::find(columns_, known) != columns_.end())
                return merge_failure{errc::bad_data, "two columns have the name " + shown(known)};
            columns_.emplace_back(known);
        }
        if (!records_.defect().empty()) return merge_failure{errc::bad_data, records_.defect()};
        return std::nullopt;
    }

    std::vector<std::string> const& columns() const noexcept override { return columns_; }

    result<bool, merge_failure> next(merge_row& row) override {
        auto any = records_.next();
        if (!any || !*any) return any;
        row.number = ++rows_;
        row.line = records_.line();
        row.defect = records_.defect();
        row.values.clear();
        for (std::size_t i = 0; i < records_.fields(); ++i) row.values.push_back(records_.field(i));
        if (row.defect.empty() && row.values.size() != columns_.size())
            row.defect = "the row has " + std::to_string(row.values.size()) + " fields, the header line " +
                         std::to_string(columns_.size());
        return true;
    }

private:
    record_reader records_;
    std::vector<std::string> columns_;
    std::uint64_t rows_ = 0;
};

}  // namespace

result<merge_rows_ptr, merge_failure> read_csv(read_octets more) {
    auto rows = std::make_unique<csv_rows>(std::move(more));
    if (auto failure = rows->read_header()) return std::move(*failure);
    return merge_rows_ptr(std::move(rows));
}

}  // namespace postrider::mime
