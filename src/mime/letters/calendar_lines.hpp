#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace postrider::mime {

/// Writes the content lines of iCalendar, folded.                                                    RFC 5545 §3.1
///     contentline = name *(";" param) ":" value CRLF
class calendar_lines {
public:
    struct parameter {
        std::string_view name;
        std::string value;  ///< left out where it is empty
    };

    void begin(std::string_view component) { line("BEGIN", component); }
    void end(std::string_view component) { line("END", component); }

    /// A value as it is: a date, a number, a recurrence. errors: control_character
    void line(std::string_view name, std::string_view value, std::initializer_list<parameter> parameters = {});

    /// Text, escaped.                                                                               RFC 5545 §3.3.11
    /// errors     control_character, unencodable
    void text(std::string_view name, std::string_view value);

    std::string take() { return std::move(out_); }

private:
    void fold(std::string_view line);

    std::string out_;
};

}  // namespace postrider::mime
