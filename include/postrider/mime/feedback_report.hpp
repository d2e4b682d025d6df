#pragma once
#include <cstdint>
#include <postrider/mime/field_group.hpp>
#include <postrider/mime/parse.hpp>

/// That somebody complained of a message, or that it failed a check: the Abuse Reporting Format.     RFC 5965, RFC 6591
namespace postrider::mime {

struct feedback_report : field_group {
    std::string feedback_type() const { return token("Feedback-Type"); }  ///< "abuse", "fraud", "auth-failure", ...
    std::string user_agent() const { return value("User-Agent"); }
    std::string version() const { return token("Version"); }

    // Once at most                                                                                      RFC 5965 §3.2
    std::string original_envelope_id() const { return value("Original-Envelope-Id"); }
    std::string original_mail_from() const;  ///< without angle brackets; empty for the null reverse-path too
    std::optional<codec::date_time> arrival_date() const;  ///< also from Received-Date, its older name
    std::optional<typed_value> reporting_mta() const { return typed("Reporting-MTA"); }
    std::string source_ip() const { return token("Source-IP"); }
    std::uint64_t incidents() const noexcept;  ///< 1 where it is missing or no number

    // Any number of times                                                                               RFC 5965 §3.3
    std::vector<std::string> authentication_results() const { return values("Authentication-Results"); }
    std::vector<std::string> original_rcpt_to() const;  ///< without angle brackets
    std::vector<std::string> reported_domains() const { return values("Reported-Domain"); }
    std::vector<std::string> reported_uris() const { return values("Reported-URI"); }

    // Of an authentication failure                                                                      RFC 6591 §3.1
    std::string auth_failure() const { return token("Auth-Failure"); }  ///< "dkim-bodyhash", "dmarc", "spf", ...
    std::string delivery_result() const { return token("Delivery-Result"); }
};

/// Total.
feedback_report parse_feedback_report(std::string_view content);

/// Of a part that is message/feedback-report, transfer-decoded.
std::optional<feedback_report> feedback_report_of(parsed_part const&);
/// Of the first part that is one.
std::optional<feedback_report> feedback_report_of(parsed_message const&);

}  // namespace postrider::mime
