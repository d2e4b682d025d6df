#include <postrider/mime/msg_id.hpp>
#include <postrider/mime/report.hpp>

#include "original.hpp"
#include "report_parts.hpp"
#include "status_fields.hpp"

namespace postrider::mime {
namespace {

std::string fields_of(parsed_part const& root, disposition_report_options const& options) {
    status_fields out;
    out.put("Reporting-UA", options.user_agent);
    out.put_address("Final-Recipient", options.from.address);
    out.put("Original-Message-ID", line_of(root, "Message-ID"));
    out.put("Disposition", std::string(options.by_the_reader ? "manual-action/MDN-sent-manually; "
                                                             : "automatic-action/MDN-sent-automatically; ") +
                               (options.what == disposition::deleted ? "deleted" : "displayed"));
    return out.octets();
}

}  // namespace

std::optional<message> disposition_report(parsed_message const& original, disposition_report_options const& options) {
    auto const root = original.root();
    auto to = mailboxes_of(root, "Disposition-Notification-To");
    if (to.empty()) return std::nullopt;
    auto const subject = line_of(root, "Subject");
    auto text = options.text;
    if (text.empty())
        text = "Your message \"" + subject + "\" was " +
               (options.what == disposition::deleted ? "deleted without being displayed" : "displayed") +
               ".\nThat is no promise that it was read or understood.\n";
    auto report = report_of("disposition-notification", std::move(text), fields_of(root, options), original, false);
    report.from(options.from).to(to).subject("Read: " + subject);
    continue_thread(report, root);
    return report;
}

}  // namespace postrider::mime
