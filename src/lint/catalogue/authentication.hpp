#pragma once
#include <array>
#include <postrider/lint/check.hpp>

namespace postrider::lint {

inline constexpr std::array authentication_checks{
    check{"dkim-present", group::authentication, level::warning, "Gmail, email sender guidelines",
          "https://support.google.com/a/answer/81126", "The message is signed with DKIM", "No DKIM signature",
          "Nobody answers for this message with a signature. Gmail and Yahoo want one on all mail, and refuse much of "
          "what has none."},
    check{"dkim-well-formed", group::authentication, level::error, "RFC 6376 §3.5",
          "https://www.rfc-editor.org/rfc/rfc6376.html#section-3.5", "The DKIM-Signature fields are well-formed",
          "A DKIM-Signature that nobody can check", "The signature of {domain} cannot be checked: {reason}."},
    check{"dkim-verified", group::authentication, level::error, "RFC 6376 §6.1",
          "https://www.rfc-editor.org/rfc/rfc6376.html#section-6.1", "The DKIM signature is right",
          "The DKIM signature does not verify", "The signature of {domain} with the selector {selector}: {reason}."},
    check{"dkim-signed-fields", group::authentication, level::warning, "RFC 6376 §5.4.1",
          "https://www.rfc-editor.org/rfc/rfc6376.html#section-5.4.1",
          "The signature covers From, To, Subject and Date", "The signature leaves out fields that people see",
          "The signature of {domain} does not cover {fields}: anybody on the way may change or add them."},
    check{"dkim-body-length", group::authentication, level::warning, "RFC 6376 §8.2",
          "https://www.rfc-editor.org/rfc/rfc6376.html#section-8.2", "The signature covers the whole body",
          "The signature covers only a part of the body",
          "With l={octets} anybody may append text to the body and the signature of {domain} stays right. Sign without "
          "l=."},
    check{"from-present", group::authentication, level::error, "RFC 5322 §3.6.2",
          "https://www.rfc-editor.org/rfc/rfc5322.html#section-3.6.2", "There is an author", "No author",
          "The From field is missing or holds no address. It is one of the two fields that each message must have."},
    check{
        "from-single", group::authentication, level::warning, "RFC 7489 §6.6.1",
        "https://www.rfc-editor.org/rfc/rfc7489.html#section-6.6.1", "There is one author", "Several authors",
        "From names {authors} addresses. That is allowed, and many servers refuse it all the same, since DMARC cannot "
        "be applied."},
    check{"sender-present", group::authentication, level::error, "RFC 5322 §3.6.2",
          "https://www.rfc-editor.org/rfc/rfc5322.html#section-3.6.2", "Sender is there where it is needed",
          "Several authors and no Sender",
          "Where From names several people, Sender must say who of them sent the message."},
    check{"sender-aligned", group::authentication, level::notice, "RFC 5322 §3.6.2",
          "https://www.rfc-editor.org/rfc/rfc5322.html#section-3.6.2", "Sender and From are of one organisation",
          "Sender is of another organisation than From",
          "Sender is at {sender}, From at {from}: some programs show “on behalf of”."},
    check{"align-dkim-relaxed", group::authentication, level::warning, "RFC 7489 §3.1.1",
          "https://www.rfc-editor.org/rfc/rfc7489.html#section-3.1.1",
          "The signing domain is that of the author’s organisation",
          "The signature is another organisation’s than the author’s",
          "From is at {from}, and it was signed by {domain}: DMARC does not count this signature."},
    check{"align-dkim-strict", group::authentication, level::notice, "RFC 7489 §3.1.1",
          "https://www.rfc-editor.org/rfc/rfc7489.html#section-3.1.1", "The signing domain is exactly the author’s",
          "The signing domain is not exactly the author’s",
          "From is at {from}, signed by {domain}: this fails where the DMARC record says adkim=s."},
    check{"align-envelope-relaxed", group::authentication, level::warning, "RFC 7489 §3.1.2",
          "https://www.rfc-editor.org/rfc/rfc7489.html#section-3.1.2",
          "The reverse-path is of the author’s organisation",
          "The reverse-path is of another organisation than the author",
          "From is at {from}, the reverse-path at {domain}: SPF does not help this message to pass DMARC, so its "
          "signature must."},
    check{"align-envelope-strict", group::authentication, level::notice, "RFC 7489 §3.1.2",
          "https://www.rfc-editor.org/rfc/rfc7489.html#section-3.1.2",
          "The domain of the reverse-path is exactly the author’s",
          "The domain of the reverse-path is not exactly the author’s",
          "From is at {from}, the reverse-path at {domain}: this fails where the DMARC record says aspf=s."},
    check{"reverse-path-null", group::authentication, level::warning, "RFC 5321 §4.5.5",
          "https://www.rfc-editor.org/rfc/rfc5321.html#section-4.5.5", "The reverse-path is there, or rightly null",
          "A null reverse-path on a message that is no notification",
          "MAIL FROM:<> is for bounces and receipts. Here nobody hears if the message cannot be delivered, and many "
          "servers refuse it."},
    check{"dmarc-policy", group::authentication, level::warning, "RFC 7489 §6.1",
          "https://www.rfc-editor.org/rfc/rfc7489.html#section-6.1", "The author’s domain has a DMARC policy",
          "No DMARC policy for the author’s domain",
          "There is no record at {name}. Gmail and Yahoo want one from everybody who sends to many."},
};

}  // namespace postrider::lint
