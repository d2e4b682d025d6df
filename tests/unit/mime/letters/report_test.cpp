#include <postrider/mime/error.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/report.hpp>

#include "support.hpp"

using namespace postrider;
using mime::delivery_action;

namespace {

std::string const original =
    "From: me@example.com\r\nTo: you@example.net\r\nSubject: Hello\r\nMessage-ID: <1@example.com>\r\n"
    "Disposition-Notification-To: Me <me@example.com>\r\n\r\nbody\r\n";

mime::delivery_report_options failed() {
    mime::delivery_report_options options;
    options.from = {"Mail System", "mailer-daemon@mx.example"};
    options.to = {"", "me@example.com"};
    options.reporting_mta = "mx.example";
    options.recipients = {{"you@example.net", delivery_action::failed, "5.1.1"}};
    return options;
}

mime::message report(mime::delivery_report_options const& options) {
    return mime::delivery_report(mime::parse(original), options);
}

}  // namespace

TEST_CASE("RFC 3464: a delivery report has a text, fields and the header of the message") {
    auto options = failed();
    options.envelope_id = "QQ314159";
    options.arrival = std::chrono::sys_seconds{std::chrono::seconds{1795141872}};
    options.recipients[0].remote_mta = "mx.example.net";
    options.recipients[0].diagnostic = "550 5.1.1 no such user";
    options.recipients.push_back({"two@example.net", delivery_action::delayed, "4.4.1"});
    options.recipients[1].will_retry_until = *options.arrival;
    auto const octets = rendered(report(options));
    auto const read = mime::parse(octets);
    REQUIRE(read.part_count() == 4);
    CHECK(field_of(octets, "Content-Type").starts_with("multipart/report; report-type=delivery-status;"));
    CHECK(field_of(octets, "To") == "me@example.com");
    CHECK(field_of(octets, "In-Reply-To") == "<1@example.com>");
    CHECK(field_of(octets, "Auto-Submitted") == "auto-replied");
    CHECK(read.part(1).text().text.find("failed  you@example.net  5.1.1\r\n      550 5.1.1 no such user") !=
          std::string::npos);
    CHECK(read.part(2).content_type() == "message/delivery-status");
    CHECK(read.part(2).transfer_encoding() == "7bit");
    CHECK(read.part(2).body() ==
          "Original-Envelope-Id: QQ314159\r\nReporting-MTA: dns; mx.example\r\n"
          "Arrival-Date: Fri, 20 Nov 2026 02:31:12 +0000\r\n\r\n"
          "Final-Recipient: rfc822; you@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n"
          "Remote-MTA: dns; mx.example.net\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
          "Final-Recipient: rfc822; two@example.net\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
          "Will-Retry-Until: Fri, 20 Nov 2026 02:31:12 +0000\r\n");
    CHECK(read.part(3).content_type() == "text/rfc822-headers");
    CHECK(read.part(3).body().find("Subject: Hello") != std::string_view::npos);
    CHECK(read.part(3).body().find("body") == std::string_view::npos);
}

TEST_CASE("a report may return the whole message") {
    auto options = failed();
    options.whole_message = true;
    auto const octets = rendered(report(options));
    auto const read = mime::parse(octets);
    CHECK(read.part(3).content_type() == "message/rfc822");
    CHECK(read.part(3).body() == original);
}

TEST_CASE("hazard 74: a peer's words stay in their line") {
    auto options = failed();
    options.recipients[0].diagnostic =
        "550 no\r\n\r\nFinal-Recipient: rfc822; x@y\x1b[31m caf\xc3\xa9 \xff" + repeated("x", 5000);
    auto const octets = rendered(report(options));
    auto const fields = std::string(mime::parse(octets).part(2).body());
    CHECK(fields.find(
              "Diagnostic-Code: smtp; 550 no\\x0d\\x0a\\x0d\\x0aFinal-Recipient: rfc822; x@y\\x1b[31m caf?? ???x") !=
          fields.npos);
    CHECK(longest_line(fields) < 998);
}

TEST_CASE("RFC 6533: an address in UTF-8 is told in ASCII") {
    auto options = failed();
    options.recipients[0].final_recipient = "é@example.net";
    auto const octets = rendered(report(options));
    CHECK(octets.find("Final-Recipient: utf-8; \\x{E9}@example.net\r\n") != octets.npos);
}

TEST_CASE("a report that says nothing, or what cannot be, is refused") {
    auto options = failed();
    options.recipients.clear();
    CHECK(thrown([&] { report(options); }) == mime::errc::no_recipient);
    options = failed();
    options.recipients[0].final_recipient = "you";
    CHECK(thrown([&] { report(options); }) == mime::errc::bad_address);
    for (auto status : {"", "5", "5.1", "5.1.", "5.1.1234", "2.1.1", "5x1.1", "6.1.1", "5.1.1\r\n"}) {
        options = failed();
        options.recipients[0].status = status;
        CHECK(thrown([&] { report(options); }) == mime::errc::bad_field_body);
    }
}

TEST_CASE("hazard 172: there is no report to the empty path") {
    auto options = failed();
    options.to = {};
    CHECK(thrown([&] { report(options); }) == mime::errc::bad_address);
}

TEST_CASE("RFC 8098: a read receipt goes where it was asked for") {
    auto const receipt = mime::disposition_report(mime::parse(original), {.from = {"", "you@example.net"}});
    REQUIRE(receipt);
    auto const octets = rendered(*receipt);
    auto const read = mime::parse(octets);
    CHECK(field_of(octets, "To") == "Me <me@example.com>");
    CHECK(field_of(octets, "Subject") == "Read: Hello");
    CHECK(read.part(2).content_type() == "message/disposition-notification");
    CHECK(read.part(2).body() ==
          "Final-Recipient: rfc822; you@example.net\r\nOriginal-Message-ID: <1@example.com>\r\n"
          "Disposition: manual-action/MDN-sent-manually; displayed\r\n");
    CHECK(mime::disposition_report(
              mime::parse(original),
              {.from = {"", "you@example.net"}, .what = mime::disposition::deleted, .by_the_reader = false})
              .has_value());
    CHECK_FALSE(mime::disposition_report(mime::parse("From: a@b\n\n"), {.from = {"", "you@example.net"}}));
}
