#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/sign/dkim/verify.hpp>

#include "letter.hpp"

/// Who answers for the message: its DKIM signatures.
namespace postrider::lint {
namespace {

bool covers(dkim::signature const& signature, std::string_view field) {
    return std::any_of(signature.signed_fields.begin(), signature.signed_fields.end(),
                       [&](std::string const& name) { return ascii::equal_without_case(name, field); });
}

/// Those of the fields that people see, and that the message has, which the signature leaves out.
std::string uncovered(letter const& mail, dkim::signature const& signature) {
    std::string names;
    for (std::string_view field : {"From", "To", "Subject", "Date"}) {
        if (!mail.field(field) || covers(signature, field)) continue;
        names += (names.empty() ? "" : ", ") + std::string(field);
    }
    return names;
}

void check_form(letter const& mail, findings& found) {
    for (auto const& [says, offset] : mail.signatures) {
        place const here{{}, "DKIM-Signature", {}, offset};
        found.judge("dkim-well-formed", !says.defect, {{"domain", says.domain}, {"reason", says.defect.message()}},
                    here);
        auto const missing = uncovered(mail, says);
        found.judge("dkim-signed-fields", missing.empty(), {{"domain", says.domain}, {"fields", missing}}, here);
        found.judge("dkim-body-length", !says.body_octets,
                    {{"domain", says.domain}, {"octets", says.body_octets.value_or(0)}}, here);
    }
}

void verify(letter const& mail, findings& found) {
    dkim::verify_options options;
    options.host = &mail.host;
    auto const verified = dkim::verify(mail.message, mail.calls.texts, options);
    for (auto const& verdict : verified.verdicts) {
        found.made("dkim-verified");
        if (verdict.outcome == dkim::outcome::pass) continue;
        // That DNS gives no answer now says nothing against the message.
        auto const weight = verdict.outcome == dkim::outcome::temperror ? level::notice : level::error;
        found.fault_of("dkim-verified", weight,
                       {{"domain", verdict.signature.domain},
                        {"selector", verdict.signature.selector},
                        {"reason", verdict.reason.message()}},
                       {{}, "DKIM-Signature", {}, verdict.offset});
    }
}

}  // namespace

void check_signatures(letter const& mail, findings& found) {
    found.judge("dkim-present", !mail.signatures.empty());
    check_form(mail, found);
    if (mail.calls.texts && !mail.signatures.empty()) verify(mail, found);
}

void check_policy(letter const& mail, findings& found) {
    auto const domain = mail.author_domain();
    if (!mail.calls.texts || domain.empty() || domain.starts_with('[')) return;
    auto const organisation = organisational_domain(domain);
    for (auto const& name : {domain, organisation}) {
        auto const records = mail.calls.texts("_dmarc." + name);
        if (!records) return;
        for (auto const& record : *records)
            if (record.starts_with("v=DMARC1")) return found.made("dmarc-policy");
    }
    found.fault("dmarc-policy", {{"name", "_dmarc." + organisation}});
}

}  // namespace postrider::lint
