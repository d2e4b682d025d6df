#include <postrider/mime/delivery_status.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/report.hpp>

#include "../checks.hpp"
#include "../parse/visible.hpp"
#include "original.hpp"
#include "report_parts.hpp"
#include "status_fields.hpp"

namespace postrider::mime {
namespace {

std::string_view name_of(delivery_action action) noexcept {
    switch (action) {
        case delivery_action::failed: return "failed";
        case delivery_action::delayed: return "delayed";
        case delivery_action::delivered: return "delivered";
        case delivery_action::relayed: return "relayed";
        case delivery_action::expanded: break;
    }
    return "expanded";
}

// An attempt that ended for good may still be told with the reason that was transient: 4.4.7, it expired.
bool is_status(std::string_view text, delivery_action action) {
    auto const code = parse_status_code(text);
    if (!code) return false;
    bool const fits = action == delivery_action::failed    ? !code->is_success()
                      : action == delivery_action::delayed ? code->is_transient()
                                                           : code->is_success();
    auto const number = [](unsigned value) { return std::to_string(value); };
    return fits && text == number(code->category) + '.' + number(code->subject) + '.' + number(code->detail);
}

void check(delivery_report_options const& options) {
    if (options.recipients.empty()) throw error(errc::no_recipient, "a report tells of a recipient at least");
    for (auto const& one : options.recipients) {
        if (!parse_addr_spec(one.final_recipient))
            throw error(errc::bad_address, "no address: " + shown(one.final_recipient));
        if (!is_status(one.status, one.action))
            throw error(errc::bad_field_body, "no status of that action: " + shown(one.status));
    }
}

std::string fields_of(delivery_report_options const& options) {
    status_fields out;
    out.put("Original-Envelope-Id", options.envelope_id);
    out.put_typed("Reporting-MTA", "dns", options.reporting_mta);
    if (options.arrival) out.put_date("Arrival-Date", *options.arrival);
    for (auto const& one : options.recipients) {
        out.next_block();
        if (!one.original_recipient.empty()) out.put_address("Original-Recipient", one.original_recipient);
        out.put_address("Final-Recipient", one.final_recipient);
        out.put("Action", name_of(one.action));
        out.put("Status", one.status);
        out.put_typed("Remote-MTA", "dns", one.remote_mta);
        out.put_typed("Diagnostic-Code", "smtp", one.diagnostic);
        if (one.last_attempt) out.put_date("Last-Attempt-Date", *one.last_attempt);
        if (one.will_retry_until) out.put_date("Will-Retry-Until", *one.will_retry_until);
    }
    return out.octets();
}

std::string text_of(delivery_report_options const& options, std::string_view subject) {
    std::string out = "This is the mail system at " + options.reporting_mta + ".\n\nYour message";
    if (!subject.empty()) out.append(" \"").append(subject).append("\"");
    for (out += ":\n\n"; auto const& one : options.recipients) {
        out.append("  ").append(name_of(one.action)).append("  ").append(one.final_recipient).append("  ");
        out.append(one.status).append("\n");
        if (!one.diagnostic.empty()) out.append("      ").append(escape_controls(to_utf8(one.diagnostic))).append("\n");
    }
    return out;
}

char const* subject_of(delivery_report_options const& options) noexcept {
    switch (options.recipients.front().action) {
        case delivery_action::failed: return "Undelivered mail";
        case delivery_action::delayed: return "Delayed mail";
        default: return "Delivered mail";
    }
}

}  // namespace

message delivery_report(parsed_message const& original, delivery_report_options const& options) {
    check(options);
    auto const root = original.root();
    auto text = options.text.empty() ? text_of(options, line_of(root, "Subject")) : options.text;
    auto report = report_of("delivery-status", std::move(text), fields_of(options), original, options.whole_message);
    report.from(options.from).to(options.to).subject(subject_of(options));
    continue_thread(report, root);
    return report;
}

}  // namespace postrider::mime
