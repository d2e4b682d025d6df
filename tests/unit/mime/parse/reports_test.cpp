#include <doctest/doctest.h>

#include <filesystem>
#include <postrider/codec/base64.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/core/mapped_file.hpp>
#include <postrider/mime/delivery_status.hpp>
#include <postrider/mime/disposition_notification.hpp>
#include <postrider/mime/feedback_report.hpp>

#include "messages.hpp"

using namespace postrider;
using namespace postrider::mime;
using namespace postrider::mime::test;

namespace {

constexpr std::string_view two_recipients =
    "Original-Envelope-Id: QQ314159\r\n"
    "Reporting-MTA: dns; mail.example.com (Postfix)\r\n"
    "X-Postfix-Queue-ID: 4F2C1\r\n"
    "Arrival-Date: Fri, 20 Nov 2026 10:11:12 +0100\r\n"
    "\r\n"
    "Original-Recipient: rfc822;ann@example.org\r\n"
    "Final-Recipient: RFC822; ann@mail.example.org\r\n"
    "Action: Failed (for good)\r\n"
    "Status: 5.1.1 (no such user)\r\n"
    "Remote-MTA: dns; mx.example.org\r\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <ann@mail.example.org>:\r\n"
    "    unknown (really; so)\r\n"
    "Last-Attempt-Date: Fri, 20 Nov 2026 10:12:13 +0100\r\n"
    "\r\n"
    "Final-Recipient: utf-8; J\\x{F6}rg@example.org\r\n"
    "Action: delayed\r\n"
    "Status: 4.4.1\r\n"
    "Will-Retry-Until: Sat, 21 Nov 2026 10:12:13 +0100\r\n";

std::string report(std::string_view type, std::string_view content, std::string_view more = "") {
    return multipart(
        "r", {"\nIn words.", std::string("Content-Type: ").append(type).append(more) + "\n\n" + std::string(content),
              "Content-Type: message/rfc822\n\nSubject: lost\n\nx"});
}

}  // namespace

TEST_CASE("delivery-status: fields of the message and of each recipient") {
    delivery_status const status = parse_delivery_status(two_recipients);
    CHECK(status.per_message.original_envelope_id() == "QQ314159");
    CHECK(status.per_message.reporting_mta() == typed_value{"dns", "mail.example.com (Postfix)"});
    CHECK(status.per_message.value("x-postfix-queue-id") == "4F2C1");
    REQUIRE(status.per_message.arrival_date());
    CHECK(status.per_message.arrival_date()->utc_offset == std::chrono::hours(1));
    CHECK_FALSE(status.per_message.dsn_gateway());
    CHECK_FALSE(status.per_message.received_from_mta());

    REQUIRE(status.per_recipient.size() == 2);
    per_recipient_fields const& ann = status.per_recipient[0];
    CHECK(ann.original_recipient() == typed_value{"rfc822", "ann@example.org"});
    CHECK(ann.final_recipient() == typed_value{"rfc822", "ann@mail.example.org"});
    CHECK(ann.action() == "failed");
    REQUIRE(ann.status());
    CHECK(*ann.status() == status_code{5, 1, 1});
    CHECK(ann.status()->is_permanent());
    CHECK(ann.remote_mta()->value == "mx.example.org");
    CHECK(ann.diagnostic_code() == typed_value{"smtp", "550 5.1.1 <ann@mail.example.org>:    unknown (really; so)"});
    CHECK(ann.last_attempt_date());
    CHECK_FALSE(ann.will_retry_until());

    per_recipient_fields const& joerg = status.per_recipient[1];
    CHECK(joerg.final_recipient() == typed_value{"utf-8", "Jörg@example.org"});
    CHECK(joerg.status()->is_transient());
    CHECK(joerg.will_retry_until());
    CHECK(joerg.final_log_id().empty());
}

TEST_CASE("delivery-status: as Postfix, Exim, Exchange and gateways write it") {
    struct {
        std::string_view file;
        std::size_t recipients;
        std::string_view reporting_mta, recipient, action;
        status_code status;
    } const reports[] = {
        {"wild/dsn_postfix.crlf.eml", 1, "mx.example.com", "nobody@example.net", "failed", {5, 1, 1}},
        {"wild/dsn_exchange.lf.eml", 1, "AM0PR01MB0002.contoso.example", "gone@contoso.example", "failed", {5, 1, 10}},
        {"wild/exim_bounce.crlf.eml", 1, "mx.example.org", "nobody@example.net", "failed", {5, 0, 0}},
        {"rfc/3464_e1_simple.lf.eml", 1, "cs.utk.edu", "louisl@larry.slip.umd.edu", "failed", {4, 0, 0}},
        {"rfc/3464_e3_from_gateway.crlf.eml", 1, "SYS30", "nair_s", "failed", {5, 0, 0}},
    };
    for (auto const& expected : reports) {
        CAPTURE(expected.file);
        auto const file = mapped_file::open(std::filesystem::path(POSTRIDER_GOLDEN) / expected.file);
        REQUIRE(file.has_value());
        auto const status = delivery_status_of(parse(file->octets()));
        REQUIRE(status);
        REQUIRE(status->per_recipient.size() == expected.recipients);
        CHECK(status->per_message.reporting_mta()->value == expected.reporting_mta);
        CHECK(status->per_recipient[0].final_recipient()->value == expected.recipient);
        CHECK(status->per_recipient[0].action() == expected.action);
        CHECK(status->per_recipient[0].status() == expected.status);
    }
}

TEST_CASE("delivery-status: found in its message, in LF too, also transfer-encoded, and in no other part") {
    std::string lf(two_recipients);
    std::erase(lf, '\r');
    for (std::string const& octets :
         {report("message/delivery-status", lf), report("message/global-delivery-status", lf),
          report("message/delivery-status", codec::encode_base64_lines(lf), "\nContent-Transfer-Encoding: base64")}) {
        parsed_message const message = parse(octets);
        auto const found = delivery_status_of(message);
        REQUIRE(found);
        CHECK(found->per_recipient.size() == 2);
        CHECK(found->per_recipient[1].action() == "delayed");
        CHECK_FALSE(delivery_status_of(message.root()));
        CHECK(delivery_status_of(message.part(2)));
        CHECK_FALSE(delivery_status_of(message.part(3)));
    }
    CHECK_FALSE(delivery_status_of(parse("A: b\n\nx")));
}

TEST_CASE("delivery-status: blank lines too many, a missing one, and lines that are no fields") {
    delivery_status const loose =
        parse_delivery_status("\n\nReporting-MTA: dns; a\n\n\n\nFinal-Recipient: rfc822; b\n\n");
    CHECK(loose.per_message.reporting_mta()->value == "a");
    REQUIRE(loose.per_recipient.size() == 1);
    delivery_status const run_on =
        parse_delivery_status("Reporting-MTA: dns; a\nFinal-Recipient: rfc822; b\nStatus: 4.0.0");
    REQUIRE(run_on.per_recipient.size() == 1);
    CHECK(run_on.per_recipient[0].status() == status_code{4, 0, 0});
    CHECK(run_on.per_message.reporting_mta()->value == "a");
    delivery_status const odd = parse_delivery_status("not a field\nReporting-MTA: mail.example.com\n:\n\nnor this\n");
    CHECK(odd.per_message.reporting_mta() == typed_value{"", "mail.example.com"});
    CHECK(odd.per_recipient.empty());
    CHECK(parse_delivery_status("").per_message.fields.empty());
}

TEST_CASE("delivery-status: of a bomb of fields only so many are listed") {
    std::string many;
    for (int i = 0; i < 200'000; ++i) many += "a:\n\n";
    delivery_status const status = parse_delivery_status(many);
    CHECK(status.per_recipient.size() <= limits::header_fields);
    std::string const one = std::string(200'000, '\n');
    CHECK(parse_delivery_status(one).per_recipient.empty());
}

TEST_CASE("status codes: class, subject, detail, and nothing else") {
    CHECK(parse_status_code(" 2.1.5") == status_code{2, 1, 5});
    CHECK(parse_status_code("5.7.999 whatever") == status_code{5, 7, 999});
    for (std::string_view bad : {"", "5", "5.1", "5.1.", "3.1.1", "5.1000.1", "-5.1.1", "a.b.c", "5.1.99999999999"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_status_code(bad));
    }
}

TEST_CASE("delivery-status: characters of RFC 6533 addresses, and what is none of them") {
    auto const address = [](std::string_view text) {
        return parse_delivery_status("Final-Recipient: utf-8;" + std::string(text))
            .per_message.typed("Final-Recipient")
            ->value;
    };
    CHECK(address("\\x{E4}\\x{4F60}\\x{1F4E7}@x") == "ä你📧@x");
    for (std::string_view as_it_is : {"\\x{}", "\\x{110000}", "\\x{D800}", "\\x{12", "\\x", "\\x{1234567}", "\\x{g}"})
        CHECK(address(as_it_is) == as_it_is);
    CHECK(address("\\x{A}b") == "\\x0ab");
}

TEST_CASE("disposition-notification: who, what and how") {
    std::string const octets = report("message/disposition-notification",
                                      "Reporting-UA: joes-pc.cs.example.com; Foomail 97.1\n"
                                      "Original-Recipient: rfc822;Joe_Recipient@example.com\n"
                                      "Final-Recipient: rfc822;Joe_Recipient@example.com\n"
                                      "Original-Message-ID: <199509192301.23456@example.org>\n"
                                      "Disposition: manual-action/MDN-sent-manually; displayed/error,expired (late)\n"
                                      "Error: one\nError: two\n");
    auto const found = disposition_notification_of(parse(octets));
    REQUIRE(found);
    CHECK(found->reporting_ua() == "joes-pc.cs.example.com; Foomail 97.1");
    CHECK(found->final_recipient() == typed_value{"rfc822", "Joe_Recipient@example.com"});
    CHECK(found->original_recipient());
    CHECK_FALSE(found->mdn_gateway());
    CHECK(found->original_message_id() == "199509192301.23456@example.org");
    CHECK(found->disposition() ==
          message_disposition{"manual-action", "mdn-sent-manually", "displayed", {"error", "expired"}});
    CHECK(found->errors() == std::vector<std::string>{"one", "two"});
    CHECK(found->failures().empty());
    CHECK_FALSE(parse_disposition_notification("").disposition());
    CHECK(parse_disposition_notification("Disposition: deleted").disposition()->action_mode == "deleted");
    CHECK(parse_disposition_notification("Disposition: a/b; processed / ,,x,").disposition()->modifiers ==
          std::vector<std::string>{"x"});
}

TEST_CASE("feedback-report: what may stand once, and what may repeat") {
    std::string const octets =
        report("message/feedback-report",
               "Feedback-Type: Abuse\nUser-Agent: SomeGenerator/1.0\nVersion: 1\n"
               "Original-Mail-From: <somespammer@example.net>\n"
               "Original-Rcpt-To: <user@example.com>\nOriginal-Rcpt-To: other@example.com\n"
               "Received-Date: Thu, 8 Mar 2005 14:00:00 EDT\nReporting-MTA: dns; mail.example.com\n"
               "Source-IP: 192.0.2.1\nIncidents: 17\n"
               "Authentication-Results: mail.example.com; spf=fail\n"
               "Reported-Domain: example.net\nReported-Uri: http://example.net/earn_money.html\n"
               "Reported-Uri: mailto:user@example.com\nAuth-Failure: dkim-bodyhash\n");
    auto const found = feedback_report_of(parse(octets));
    REQUIRE(found);
    CHECK(found->feedback_type() == "abuse");
    CHECK(found->version() == "1");
    CHECK(found->original_mail_from() == "somespammer@example.net");
    CHECK(found->original_rcpt_to() == std::vector<std::string>{"user@example.com", "other@example.com"});
    CHECK(found->arrival_date());
    CHECK(found->reporting_mta()->type == "dns");
    CHECK(found->source_ip() == "192.0.2.1");
    CHECK(found->incidents() == 17);
    CHECK(found->authentication_results().size() == 1);
    CHECK(found->reported_domains() == std::vector<std::string>{"example.net"});
    CHECK(found->reported_uris().size() == 2);
    CHECK(found->auth_failure() == "dkim-bodyhash");
    CHECK(found->delivery_result().empty());
    CHECK(parse_feedback_report("").incidents() == 1);
    CHECK(parse_feedback_report("Incidents: many").incidents() == 1);
    CHECK_FALSE(feedback_report_of(parse("\n")));
}
