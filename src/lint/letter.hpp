#pragma once
#include <optional>
#include <postrider/lint/examine.hpp>
#include <postrider/mime/address_field.hpp>
#include <postrider/mime/body_view.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/sign/dkim/signature.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "findings.hpp"
#include "html_document.hpp"

namespace postrider::lint {

struct text_part {
    mime::parsed_part part;
    std::string text;  ///< UTF-8
};

struct html_part {
    mime::parsed_part part;
    std::string html;  ///< UTF-8
    html_document document;
};

/// A DKIM-Signature field and what it says.
struct signature_field {
    dkim::signature says;
    std::size_t offset = 0;
};

/// What all checks look at, read once.
struct letter {
    letter(subject const& message_given, outside const& calls_given, postrider::host const& clock);
    letter(letter const&) = delete;
    letter& operator=(letter const&) = delete;

    lint::subject const& given;
    lint::outside const& calls;
    postrider::host const& host;
    mime::parsed_message message;
    mime::parsed_part root;
    mime::body_view body;
    std::vector<mime::parsed_part> parts;
    std::vector<mime::mailbox> authors;  ///< of From
    std::vector<signature_field> signatures;
    std::vector<text_part> texts;  ///< text/plain, no attachments
    std::vector<html_part> htmls;  ///< text/html, no attachments; limits::lint_html_parts of them
    bool is_bulk = false;          ///< a field says so: List-Id, List-Unsubscribe, Precedence, Feedback-ID

    /// The first field of that name in the message's own header; nothing where there is none.
    std::optional<mime::field_view> field(std::string_view name) const;
    /// Of the author, in lower case and as DNS knows it; empty where there is none.
    std::string author_domain() const;
};

place in_header(mime::field_view const& field);
place in_part(mime::parsed_part const& part);
place in_html(html_part const& part, std::size_t offset);

/// Of an address, in lower case and as DNS knows it.
std::string domain_of(std::string_view address);

// The checks, each of one subject.
void check_signatures(letter const&, findings&);
void check_alignment(letter const&, findings&);
void check_authors(letter const&, findings&);
void check_policy(letter const&, findings&);
void check_alternatives(letter const&, findings&);
void check_texts(letter const&, findings&);
void check_active_content(letter const&, findings&);
void check_images(letter const&, findings&);
void check_references(letter const&, findings&);
void check_own_fields(letter const&, findings&);
void check_subject(letter const&, findings&);
void check_lines(letter const&, findings&);
void check_octets(letter const&, findings&);
void check_encoded_words(letter const&, findings&);
void check_addresses(letter const&, findings&);
void check_structure(letter const&, findings&);
void check_sizes(letter const&, findings&);
void check_attachments(letter const&, findings&);
void check_links(letter const&, findings&);
void check_link_hosts(letter const&, findings&);
void check_link_answers(letter const&, findings&);
void check_bulk(letter const&, findings&);
void check_compatibility(letter const&, findings&, report&);
void check_hidden_text(letter const&, findings&);
void check_spam_traits(letter const&, findings&);
void check_spam_score(letter const&, findings&, report&);

}  // namespace postrider::lint
