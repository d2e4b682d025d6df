#include <algorithm>
#include <charconv>
#include <postrider/codec/date.hpp>
#include <postrider/core/ascii.hpp>
#include <utility>

#include "date_names.hpp"

namespace postrider::codec {
namespace {

using namespace std::chrono;

/// Which of `names` a word begins with, so that "November" and "Thurs" are known too; or -1.
int find_name(std::string_view word, auto const& names) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (ascii::equal_without_case(word.substr(0, 3), names[i])) return static_cast<int>(i);
    return -1;
}

/// A number of at most `digits` digits and nothing else.
std::optional<int> read_number(std::string_view text, std::size_t digits) noexcept {
    int number = 0;
    if (text.empty() || text.size() > digits || !std::ranges::all_of(text, ascii::is_digit)) return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Takes a comment off the front, nested ones with it; to the end of the text when it is not closed.
void skip_comment(std::string_view& text) noexcept {
    std::size_t depth = 0, i = 0;
    do {
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        else if (text[i] == '(')
            ++depth;
        else if (text[i] == ')')
            --depth;
        ++i;
    } while (depth > 0 && i < text.size());
    text.remove_prefix(i);
}

/// "0800" or "08:00"
bool begins_offset(std::string_view text) noexcept {
    bool const colon = text.size() >= 5 && text[2] == ':';
    auto const are_digits = [&](std::size_t at) {
        return text.size() >= at + 2 && ascii::is_digit(text[at]) && ascii::is_digit(text[at + 1]);
    };
    return are_digits(0) && are_digits(colon ? 3 : 2);
}

/// Takes the next word off the front: letters, or digits with what joins them in a time or a zone. Blanks, commas and
/// comments separate words, and so do the hyphens of "20-Nov-26". Empty at the end.
std::string_view next_word(std::string_view& text) noexcept {
    while (!text.empty()) {
        if (text.front() == '(')
            skip_comment(text);
        else if (std::string_view(" \t\r\n,").find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
        else if (text.front() == '-' && !begins_offset(text.substr(1)))
            text.remove_prefix(1);
        else
            break;
    }
    bool const letters = !text.empty() && ascii::is_alpha(text.front());  // "10:11Z" is a time and a zone
    auto const goes_on = [&](char c) {
        return ascii::is_digit(c) || c == ':' || c == '.' || (letters && ascii::is_alpha(c));
    };
    std::size_t size = text.empty() ? 0 : 1;
    while (size < text.size() && goes_on(text[size])) ++size;
    auto const word = text.substr(0, size);
    text.remove_prefix(size);
    return word;
}

/// "10:11", "10:11:12", "10.11.12", and "10:11:12.345" as Microsoft once wrote it.
std::optional<seconds> read_time(std::string_view word) noexcept {
    int parts[3] = {0, 0, 0};
    char const separator = word.find(':') != std::string_view::npos ? ':' : '.';
    std::size_t count = 0;
    for (bool more = true; more && count < 3; ++count) {
        std::size_t const end = std::min(word.find(separator), word.size());
        auto part = word.substr(0, end);
        if (count == 2 && separator == ':') part = part.substr(0, part.find('.'));
        auto const number = read_number(part, 2);
        if (!number) return std::nullopt;
        parts[count] = *number;
        more = end < word.size();
        word.remove_prefix(more ? end + 1 : end);
    }
    // A leap second is the first second of the next minute to a clock that has none.
    if (count < 2 || !word.empty() || parts[0] > 23 || parts[1] > 59 || parts[2] > 60) return std::nullopt;
    return hours(parts[0]) + minutes(parts[1]) + seconds(parts[2]);
}

/// "+0800"; "+08:00" and "+08" as programs write them that take it for ISO 8601.
std::optional<seconds> read_offset(std::string_view word) noexcept {
    auto digits = word.substr(1);
    std::size_t const colon = digits.find(':');
    auto const hour = read_number(digits.substr(0, 2), 2);
    if (colon != std::string_view::npos && colon != 2) return std::nullopt;
    auto const rest = digits.substr(std::min<std::size_t>(colon == 2 ? 3 : 2, digits.size()));
    auto const minute = digits.size() == 2 ? 0 : read_number(rest, 2);
    if (!hour || !minute || (digits.size() > 2 && rest.size() != 2) || *hour > 23 || *minute > 59) return std::nullopt;
    seconds const distance = hours(*hour) + minutes(*minute);
    return word.front() == '-' ? -distance : distance;
}

/// The names of RFC 5322 §4.3, and the Atlantic ones. A military letter says nothing: RFC 822 had their signs wrong.
std::optional<seconds> named_zone(std::string_view word) noexcept {
    struct zone {
        std::string_view name;
        int hours_ahead;
    };
    constexpr zone zones[] = {{"UT", 0},   {"UTC", 0},  {"GMT", 0},  {"Z", 0},    {"AST", -4},
                              {"ADT", -3}, {"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5},
                              {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    for (auto const& [name, hours_ahead] : zones)
        if (ascii::equal_without_case(word, name)) return hours(hours_ahead);
    return std::nullopt;
}

/// RFC 5322 §4.3 puts the border at 50; Python, and with it most of what reads mail, at 69.
int full_year(int number, std::size_t digits) noexcept {
    if (digits == 2) return number < 69 ? 2000 + number : 1900 + number;
    return digits == 3 ? 1900 + number : number;
}

/// "2026-11-20" and the "T" behind it, off the front of `text`: ISO 8601, which programs write that no person sees.
std::optional<year_month_day> take_iso_date(std::string_view& text) noexcept {
    std::string_view rest = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (rest.size() < 11 || rest[4] != '-' || rest[7] != '-' || std::string_view("Tt ").find(rest[10]) == rest.npos)
        return std::nullopt;
    auto const y = read_number(rest.substr(0, 4), 4), m = read_number(rest.substr(5, 2), 2),
               d = read_number(rest.substr(8, 2), 2);
    if (!y || !m || !d) return std::nullopt;
    text = rest.substr(11);
    return year(*y) / month(static_cast<unsigned>(*m)) / day(static_cast<unsigned>(*d));
}

/// Takes the words in whatever order they come: the three forms differ in nothing else.
class date_reader {
public:
    void begin_with(year_month_day date) {
        year_ = static_cast<int>(date.year());
        month_ = static_cast<int>(static_cast<unsigned>(date.month()));
        day_ = static_cast<int>(static_cast<unsigned>(date.day()));
    }

    bool take(std::string_view word) {
        if (word.front() == '-' && !time_) word.remove_prefix(1);  // "20-Nov-2026": a zone follows its time
        if (word.front() == '+' || word.front() == '-') return take_offset(word);
        if (ascii::is_alpha(word.front())) return take_name(word);
        if (ascii::is_8bit(word.front())) return time_.has_value();  // a zone in somebody's language
        if (word.find_first_of(":.") != std::string_view::npos) return !time_ && (time_ = read_time(word));
        return take_number(word);
    }

    result<date_time> finish() const {
        if (!day_ || !month_ || !year_ || !time_) return errc::malformed;
        year_month_day const date(year(*year_), month(static_cast<unsigned>(*month_)),
                                  day(static_cast<unsigned>(*day_)));
        if (!date.ok()) return errc::malformed;
        return date_time{sys_days(date) + *time_ - offset_.value_or(seconds(0)), offset_};
    }

private:
    bool take_offset(std::string_view word) {
        auto const offset = read_offset(word);
        bool const first = !numeric_zone_;
        numeric_zone_ = true;
        if (word != "-0000") offset_ = offset;
        return offset && first;  // behind a name ("GMT+0800") it is the offset that counts
    }

    bool take_name(std::string_view word) {
        bool const anything_yet = day_ || month_ || time_;
        if (int const found = find_name(word, detail::month_names); found >= 0 && !month_) {
            month_ = found + 1;
            return true;
        }
        if (!anything_yet) return !std::exchange(named_day_, true);  // whatever language it is in
        if (!time_) return false;
        if (take_half_of_day(word)) return true;
        bool const another = std::exchange(named_zone_, true);
        if (!another && !numeric_zone_) offset_ = named_zone(word);
        return !another || year_;  // "Pacific Standard Time" has more to say
    }

    /// "AM" and "PM" behind hours that they make sense for.
    bool take_half_of_day(std::string_view word) {
        bool const am = ascii::equal_without_case(word, "AM"), pm = ascii::equal_without_case(word, "PM");
        if ((!am && !pm) || std::exchange(halved_, true)) return false;
        if (pm && *time_ < hours(12)) *time_ += hours(12);
        if (am && *time_ >= hours(12) && *time_ < hours(13)) *time_ -= hours(12);
        return true;
    }

    bool take_number(std::string_view word) {
        if (!day_ && word.size() <= 2) return (day_ = read_number(word, 2)).has_value();
        auto const number = read_number(word, 4);
        if (year_ || !number || word.size() < 2) return false;
        year_ = full_year(*number, word.size());
        return true;
    }

    std::optional<int> day_, month_, year_;
    std::optional<seconds> time_, offset_;
    bool named_day_ = false, named_zone_ = false, numeric_zone_ = false, halved_ = false;
};

result<date_time> read_date(std::string_view text) {
    date_reader reader;
    if (auto const date = take_iso_date(text)) reader.begin_with(*date);
    for (auto word = next_word(text); !word.empty(); word = next_word(text))
        if (!reader.take(word)) return errc::malformed;
    return reader.finish();
}

/// Without the blanks and comments around colons, which the obsolete form allows: RFC 5322 §4.3.
std::string with_joined_times(std::string_view text) {
    std::string joined;
    while (!text.empty()) {
        if (text.front() == '(') {
            skip_comment(text);
            joined += ' ';
            continue;
        }
        if (text.front() == ':')
            while (joined.ends_with(' ')) joined.pop_back();
        bool const blank = std::string_view(" \t\r\n").find(text.front()) != text.npos;
        if (!blank || !joined.ends_with(':')) joined += blank ? ' ' : text.front();
        text.remove_prefix(1);
    }
    return joined;
}

}  // namespace

result<date_time> parse_date(std::string_view text) {
    auto const date = read_date(text);
    if (date || text.find(':') == text.npos) return date;
    return read_date(with_joined_times(text));
}

}  // namespace postrider::codec
