#include <postrider/mime/feedback_report.hpp>

#include <charconv>

#include "find_part.hpp"
#include "without_angles.hpp"

namespace postrider::mime {

std::string feedback_report::original_mail_from() const {
    return without_angles(value("Original-Mail-From"));
}

std::optional<codec::date_time> feedback_report::arrival_date() const {
    return find("Arrival-Date") ? date("Arrival-Date") : date("Received-Date");
}

std::uint64_t feedback_report::incidents() const noexcept {
    std::string const* const written = find("Incidents");
    std::uint64_t number = 1;
    if (written) std::from_chars(written->data(), written->data() + written->size(), number);
    return number;
}

std::vector<std::string> feedback_report::original_rcpt_to() const {
    std::vector<std::string> addresses = values("Original-Rcpt-To");
    for (std::string& address : addresses) address = without_angles(address);
    return addresses;
}

feedback_report parse_feedback_report(std::string_view content) {
    return {take_field_group(content)};
}

std::optional<feedback_report> feedback_report_of(parsed_part const& part) {
    if (part.content_type() != "message/feedback-report") return std::nullopt;
    return parse_feedback_report(part.content().octets());
}

std::optional<feedback_report> feedback_report_of(parsed_message const& message) {
    return of_first_part(message, [](parsed_part const& part) { return feedback_report_of(part); });
}

}  // namespace postrider::mime
