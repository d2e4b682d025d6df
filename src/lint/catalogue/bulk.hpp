#pragma once
#include <array>
#include <postrider/lint/check.hpp>

namespace postrider::lint {

inline constexpr std::array bulk_checks{
    check{"bulk-unsubscribe", group::bulk, level::warning, "Gmail, email sender guidelines",
          "https://support.google.com/a/answer/81126", "There is a List-Unsubscribe field", "No List-Unsubscribe field",
          "Who sends to many must offer it: Gmail and Yahoo since 2024."},
    check{"bulk-unsubscribe-form", group::bulk, level::error, "RFC 2369 §3.2",
          "https://www.rfc-editor.org/rfc/rfc2369.html#section-3.2", "List-Unsubscribe is well-formed",
          "List-Unsubscribe is malformed", "“{value}”: URIs stand in angle brackets, separated by commas."},
    check{"bulk-unsubscribe-https", group::bulk, level::error, "RFC 8058 §3.1",
          "https://www.rfc-editor.org/rfc/rfc8058.html#section-3.1", "List-Unsubscribe has an https URI",
          "List-Unsubscribe without an https URI",
          "One-click unsubscription takes an https URI beside or instead of mailto: and http."},
    check{
        "bulk-one-click", group::bulk, level::warning, "RFC 8058 §3.1",
        "https://www.rfc-editor.org/rfc/rfc8058.html#section-3.1", "One click unsubscribes",
        "One click does not unsubscribe",
        "Add “List-Unsubscribe-Post: List-Unsubscribe=One-Click”. Gmail and Yahoo ask bulk senders for it since 2024."},
    check{
        "bulk-one-click-signed", group::bulk, level::warning, "RFC 8058 §4",
        "https://www.rfc-editor.org/rfc/rfc8058.html#section-4",
        "The signature covers the fields of one-click unsubscription",
        "The signature does not cover the fields of one-click unsubscription",
        "A DKIM signature must cover List-Unsubscribe and List-Unsubscribe-Post, or receivers do not offer the click."},
    check{"bulk-list-id", group::bulk, level::notice, "RFC 2919 §2",
          "https://www.rfc-editor.org/rfc/rfc2919.html#section-2", "List-Id is well-formed",
          "List-Id is missing or malformed", "People sort bulk mail by it: List-Id: Our news <news.example.com>."},
    check{"bulk-precedence", group::bulk, level::notice, "RFC 3834 §2",
          "https://www.rfc-editor.org/rfc/rfc3834.html#section-2", "Nobody answers this by machine",
          "Machines may answer this",
          "Without Precedence: bulk, Auto-Submitted or List-Id, absence notices come back for each recipient who is "
          "away."},
    check{"bulk-feedback-id", group::bulk, level::notice, "Gmail, Feedback-ID",
          "https://support.google.com/a/answer/6254652", "Feedback-ID is there and well-formed",
          "Feedback-ID is missing or malformed",
          "Gmail tells complaints by campaign where it says a:b:c:sender, the last of 5 to 15 characters."},
    check{"bulk-authenticated", group::bulk, level::warning, "Gmail, email sender guidelines",
          "https://support.google.com/a/answer/81126", "Bulk mail is signed by the author’s organisation",
          "Bulk mail is not signed by the author’s organisation",
          "Gmail and Yahoo refuse bulk mail that does not pass DMARC: sign with a domain of the From address’s "
          "organisation."},
    check{"bulk-recipients", group::bulk, level::notice, "Yahoo, sender best practices",
          "https://senders.yahooinc.com/best-practices/", "The header does not show all recipients to each other",
          "The header shows many recipients", "To and Cc name {recipients} addresses: each sees all others."},
};

}  // namespace postrider::lint
