#include <postrider/lint/examine.hpp>

#include "letter.hpp"

namespace postrider::lint {

report examine(subject const& given, outside const& calls, host const& clock) {
    letter const mail(given, calls, clock);
    findings found;
    report all;
    for (auto* check :
         {check_signatures,   check_authors,        check_alignment,   check_policy,        check_alternatives,
          check_texts,        check_active_content, check_images,      check_references,    check_own_fields,
          check_subject,      check_lines,          check_octets,      check_encoded_words, check_addresses,
          check_structure,    check_sizes,          check_attachments, check_links,         check_link_hosts,
          check_link_answers, check_bulk,           check_hidden_text, check_spam_traits})
        check(mail, found);
    check_compatibility(mail, found, all);
    check_spam_score(mail, found, all);
    all.findings = found.take(given.octets);
    return all;
}

}  // namespace postrider::lint
