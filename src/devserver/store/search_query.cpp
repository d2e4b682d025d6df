#include "search_query.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <utility>

namespace postrider::devserver {
namespace {

using kinds = search_term::kinds;

constexpr bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// A field whose value is text.
constexpr std::array<std::pair<std::string_view, kinds>, 6> text_fields{{{"from", search_term::from},
                                                                         {"to", search_term::to},
                                                                         {"cc", search_term::cc},
                                                                         {"subject", search_term::subject},
                                                                         {"tag", search_term::tag},
                                                                         {"inbox", search_term::inbox}}};

constexpr std::array<std::pair<std::string_view, kinds>, 4> number_fields{{{"before", search_term::before},
                                                                           {"after", search_term::since},
                                                                           {"larger", search_term::larger},
                                                                           {"smaller", search_term::smaller}}};

template <std::size_t Size>
std::optional<kinds> find(std::array<std::pair<std::string_view, kinds>, Size> const& fields, std::string_view name) {
    for (auto const& [known, kind] : fields)
        if (ascii::equal_without_case(known, name)) return kind;
    return std::nullopt;
}

/// A whole number that fits, in `text` from end to end.
std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || !ascii::is_digit(text[0]) || ec != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

///     size = 1*DIGIT [ "K" / "M" / "G" ]
std::optional<std::int64_t> octets_of(std::string_view text) {
    constexpr std::string_view units = "KMG";
    constexpr std::int64_t largest = std::int64_t{1} << 40;
    auto const unit = text.empty() ? units.npos : units.find(ascii::to_upper(text.back()));
    if (unit != units.npos) text.remove_suffix(1);
    auto const number = number_of(text);
    if (!number) return std::nullopt;
    auto const shift = unit == units.npos ? 0 : 10 * (unit + 1);
    return *number > largest >> shift ? largest : *number << shift;
}

/// Digits of a date, so many of them from `at`.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    auto const number = text.size() >= at + count ? number_of(text.substr(at, count)) : std::nullopt;
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

///     time-of-day = "T" hour ":" minute [ ":" second ] [ "Z" ]
std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
    if (text.empty()) return std::chrono::seconds(0);
    if (ascii::to_upper(text.back()) == 'Z') text.remove_suffix(1);
    bool const with_seconds = text.size() == 9;
    if ((text.size() != 6 && !with_seconds) || ascii::to_upper(text[0]) != 'T' || text[3] != ':') return std::nullopt;
    if (with_seconds && text[6] != ':') return std::nullopt;
    auto const hour = digits(text, 1, 2), minute = digits(text, 4, 2);
    auto const second = with_seconds ? digits(text, 7, 2) : 0;
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

///     time = year "-" month "-" day [ time-of-day ]                                                 RFC 3339 §5.6
std::optional<std::int64_t> milliseconds_of(std::string_view text) {
    using namespace std::chrono;
    auto const y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
    if (!y || !m || !d || text[4] != '-' || text[7] != '-') return std::nullopt;
    year_month_day const date{year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
    auto const time = time_of_day(text.substr(10));
    if (!date.ok() || !time) return std::nullopt;
    return milliseconds(sys_days(date).time_since_epoch() + *time).count();
}

class query_parser {
public:
    query_parser(std::string_view text, complaint& why) : text_(text), why_(why) {}

    result<search_query> parse() {
        if (text_.size() > limits::search_octets)
            return refuse(0, "search-too-long", {{"most", std::to_string(limits::search_octets)}});
        search_query query;
        while (skip_blanks()) {
            if (query.terms.size() == limits::search_terms)
                return refuse(at_, "search-too-many-words", {{"most", std::to_string(limits::search_terms)}});
            auto term = parse_term();
            if (!term) return term.error();
            query.terms.push_back(*std::move(term));
        }
        return query;
    }

private:
    /// Whether something is left.
    bool skip_blanks() noexcept {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
        return at_ < text_.size();
    }

    bool at_end_of_term() const noexcept { return at_ == text_.size() || is_blank(text_[at_]); }

    error_code refuse(std::size_t at, problem what, problem_values values = {}) {
        auto const characters = std::count_if(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at),
                                              [](char c) { return (c & 0xC0) != 0x80; });
        values.emplace_back("at", std::to_string(characters + 1));
        why_ = complaint(what, std::move(values));
        return make_error_code(std::errc::invalid_argument);
    }

    result<search_term> parse_term() {
        bool const negated = text_[at_] == '-' && at_ + 1 < text_.size() && !is_blank(text_[at_ + 1]);
        at_ += negated;
        auto const begin = at_;
        auto const field = take_field();
        auto const value_at = at_;
        auto value = take_value();
        if (!value) return value.error();
        auto term = field ? field_term(begin, *field, value_at, *std::move(value)) : result<search_term>(word(*value));
        if (term) term->negated = negated;
        return term;
    }

    /// Letters and the colon behind them.
    std::optional<std::string_view> take_field() noexcept {
        auto end = at_;
        while (end < text_.size() && ascii::is_alpha(text_[end])) ++end;
        if (end == at_ || end == text_.size() || text_[end] != ':') return std::nullopt;
        auto const name = text_.substr(at_, end - at_);
        at_ = end + 1;
        return name;
    }

    result<std::string> take_value() {
        if (at_ < text_.size() && text_[at_] == '"') return take_quoted();
        auto const begin = at_;
        while (!at_end_of_term()) ++at_;
        return std::string(text_.substr(begin, at_ - begin));
    }

    result<std::string> take_quoted() {
        auto const begin = at_ + 1, end = text_.find('"', begin);
        if (end == text_.npos) return refuse(at_, "search-open-quote");
        at_ = end + 1;
        return std::string(text_.substr(begin, end - begin));
    }

    static search_term word(std::string text) { return {search_term::words, false, std::move(text), 0}; }

    result<search_term> field_term(std::size_t begin, std::string_view name, std::size_t value_at, std::string value) {
        auto const number = find(number_fields, name);
        auto const text = find(text_fields, name);
        bool const state = ascii::equal_without_case(name, "has") || ascii::equal_without_case(name, "is");
        if (!number && !text && !state) return refuse(begin, "search-no-field", {{"name", std::string(name)}});
        if (number) return number_term(*number, name, value_at, std::move(value));
        if (state) return state_term(name, value_at, std::move(value));
        if (value.empty() && *text != search_term::inbox)
            return refuse(value_at, "search-no-word", {{"name", std::string(name)}});
        return search_term{*text, false, std::move(value), 0};
    }

    result<search_term> number_term(kinds kind, std::string_view name, std::size_t at, std::string value) {
        bool const size = kind == search_term::larger || kind == search_term::smaller;
        auto const number = size ? octets_of(value) : milliseconds_of(value);
        if (number) return search_term{kind, false, std::move(value), *number};
        problem_values named{{"name", std::string(name)}};
        return size ? refuse(at, "search-no-size", std::move(named)) : refuse(at, "search-no-day", std::move(named));
    }

    result<search_term> state_term(std::string_view name, std::size_t at, std::string value) {
        auto const state = ascii::lower(name) + ':' + ascii::lower(value);
        if (state == "has:attachment") return search_term{search_term::attachment, false, std::move(value), 0};
        if (state == "is:unread") return search_term{search_term::unread, false, std::move(value), 0};
        if (state == "is:read") return search_term{search_term::read, false, std::move(value), 0};
        return refuse(at, "search-no-state");
    }

    std::string_view text_;
    complaint& why_;
    std::size_t at_ = 0;
};

}  // namespace

result<search_query> parse_search_query(std::string_view text, complaint& why) {
    return query_parser(text, why).parse();
}

}  // namespace postrider::devserver
