#include <algorithm>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"

/// Whether the names that servers can check are those that people see.                               RFC 7489 §3.1
namespace postrider::lint {
namespace {

void check_signers(letter const& mail, std::string const& author, findings& found) {
    if (mail.signatures.empty()) return;
    bool relaxed = false, strict = false;
    for (auto const& one : mail.signatures) {
        auto const domain = ascii::lower(one.says.domain);
        strict |= domain == author;
        relaxed |= organisational_domain(domain) == organisational_domain(author);
    }
    auto const& first = mail.signatures.front();
    std::vector<argument> const names{{"from", author}, {"domain", first.says.domain}};
    place const here{{}, "DKIM-Signature", {}, first.offset};
    found.judge("align-dkim-relaxed", relaxed, names, here);
    if (relaxed) found.judge("align-dkim-strict", strict, names, here);
}

void check_reverse_path(letter const& mail, std::string const& author, findings& found) {
    auto const domain = domain_of(mail.given.envelope->reverse_path);
    if (domain.empty()) return;
    std::vector<argument> const names{{"from", author}, {"domain", domain}};
    bool const relaxed = organisational_domain(domain) == organisational_domain(author);
    found.judge("align-envelope-relaxed", relaxed, names);
    if (relaxed) found.judge("align-envelope-strict", domain == author, names);
}

/// Notifications about mail: they go out with a null reverse-path, so that none answers another.
bool is_notification(letter const& mail) {
    auto const type = mail.root.content_type();
    auto const automatic = mail.field("Auto-Submitted");
    return type == "multipart/report" || (automatic && !ascii::lower(mime::unfold(automatic->body)).starts_with("no"));
}

void check_sender(letter const& mail, std::string const& author, findings& found) {
    auto const field = mail.field("Sender");
    found.made("sender-present");
    if (!field) {
        if (mail.authors.size() > 1) found.fault("sender-present", {}, {{}, "From", {}, mail.field("From")->offset});
        return;
    }
    auto const senders = mime::mailboxes(mime::parse_address_field(field->body).entries);
    if (senders.empty()) return;
    auto const sender = domain_of(senders.front().address);
    found.judge("sender-aligned", organisational_domain(sender) == organisational_domain(author),
                {{"sender", sender}, {"from", author}}, in_header(*field));
}

}  // namespace

void check_authors(letter const& mail, findings& found) {
    auto const from = mail.field("From");
    found.judge("from-present", !mail.authors.empty(), {}, from ? in_header(*from) : place());
    if (mail.authors.empty()) return;
    found.judge("from-single", mail.authors.size() == 1, {{"authors", mail.authors.size()}}, in_header(*from));
    check_sender(mail, mail.author_domain(), found);
}

void check_alignment(letter const& mail, findings& found) {
    if (mail.given.envelope && mail.given.envelope->reverse_path.empty())
        found.judge("reverse-path-null", is_notification(mail));
    auto const author = mail.author_domain();
    if (author.empty()) return;
    check_signers(mail, author, found);
    if (mail.given.envelope) check_reverse_path(mail, author, found);
}

}  // namespace postrider::lint
