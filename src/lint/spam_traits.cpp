#include <algorithm>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"
#include "words.hpp"

/// What filters count, each little by itself.
namespace postrider::lint {
namespace {

constexpr std::size_t letters_to_shout = 8;
constexpr std::size_t many_marks = 6;
constexpr std::size_t words_for_link = 8;
constexpr std::size_t few_links = 5;

std::string subject_of(letter const& mail) {
    auto const field = mail.field("Subject");
    return field ? codec::decode_words(mime::unfold(field->body)).text : std::string();
}

void check_shouting(letter const& mail, std::string const& subject, findings& found) {
    auto const field = mail.field("Subject");
    if (!field) return;
    auto const capitals = std::count_if(subject.begin(), subject.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    auto const letters = std::count_if(subject.begin(), subject.end(), ascii::is_alpha);
    bool const shouts = letters >= static_cast<std::ptrdiff_t>(letters_to_shout) && capitals == letters;
    found.judge("spam-subject-caps", !shouts, {{"subject", subject}}, in_header(*field));
}

void check_marks(letter const& mail, std::string const& subject, findings& found) {
    std::string_view const text = !mail.texts.empty()   ? std::string_view(mail.texts.front().text)
                                  : !mail.htmls.empty() ? std::string_view(mail.htmls.front().document.text)
                                                        : std::string_view();
    auto const marks = std::count(subject.begin(), subject.end(), '!') + std::count(text.begin(), text.end(), '!');
    auto const words = words_of(text.substr(0, 4096)).size();
    bool const many = static_cast<std::size_t>(marks) >= many_marks && static_cast<std::size_t>(marks) * 20 > words;
    found.judge("spam-exclamations", !many, {{"marks", marks}});
}

void check_reply_to(letter const& mail, findings& found) {
    auto const field = mail.field("Reply-To");
    auto const author = mail.author_domain();
    if (!field || author.empty()) return;
    found.made("spam-reply-to");
    for (auto const& one : mime::mailboxes(mime::parse_address_field(field->body).entries)) {
        auto const domain = domain_of(one.address);
        if (organisational_domain(domain) != organisational_domain(author))
            found.fault("spam-reply-to", {{"from", author}, {"reply", domain}}, in_header(*field));
    }
}

/// "Re:" and its like, as the Subject of an answer begins.
std::string_view conversation_mark(std::string_view subject) {
    for (std::string_view mark : {"re:", "fwd:", "fw:", "aw:", "wg:", "sv:", "回复:", "回复：", "转发:", "转发："})
        if (ascii::equal_without_case(subject.substr(0, mark.size()), mark)) return subject.substr(0, mark.size());
    return {};
}

void check_conversation(letter const& mail, std::string const& subject, findings& found) {
    auto const mark = conversation_mark(trimmed(subject));
    if (mark.empty()) return;
    bool const answers = mail.field("In-Reply-To") || mail.field("References");
    // A forwarded message need not name what it forwards.
    bool const forwards = ascii::to_lower(mark[0]) == 'f' || mark.starts_with("转") || ascii::to_lower(mark[0]) == 'w';
    if (!forwards) found.judge("spam-forged-reply", answers, {{"mark", mark}}, in_header(*mail.field("Subject")));
}

void check_link_density(letter const& mail, findings& found) {
    for (auto const& one : mail.htmls) {
        auto const links = one.document.links.size();
        auto const words = words_of(one.document.text).size();
        bool const many = links > few_links && links * words_for_link > words;
        found.judge("spam-many-links", !many, {{"links", links}, {"words", words}}, in_part(one.part));
    }
}

}  // namespace

void check_spam_traits(letter const& mail, findings& found) {
    auto const subject = subject_of(mail);
    check_shouting(mail, subject, found);
    check_marks(mail, subject, found);
    check_reply_to(mail, found);
    check_conversation(mail, subject, found);
    check_link_density(mail, found);
}

}  // namespace postrider::lint
