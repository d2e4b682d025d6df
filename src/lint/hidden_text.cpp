#include "letter.hpp"
#include "words.hpp"

/// Text that is there for filters and not for people.
namespace postrider::lint {
namespace {

constexpr std::size_t preview_characters = 250;  // a text for previews is commonly hidden

/// U+00AD, U+200B, U+2060 and U+FEFF between two Latin letters. Elsewhere they have a use: previews are filled up with
/// them, and other scripts break lines there.
std::size_t cut_words(std::string_view text) {
    std::size_t cuts = 0;
    for (std::string_view mark : {"\u00ad", "\u200b", "\u2060", "\ufeff"})
        for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + mark.size())) {
            auto const is_letter = [&](std::size_t i) {
                return i < text.size() && ((text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z');
            };
            cuts += at > 0 && is_letter(at - 1) && is_letter(at + mark.size());
        }
    return cuts;
}

void check_hidden(html_part const& one, findings& found) {
    std::size_t hidden = 0;
    unseen_text const* first = nullptr;
    for (auto const& text : one.document.unseen) {
        if (text.why != unseen_text::hidden) continue;
        hidden += characters(text.text);
        if (!first) first = &text;
    }
    found.made("spam-hidden-text");
    if (hidden > preview_characters)
        found.fault("spam-hidden-text", {{"characters", hidden}, {"text", first->text}}, in_html(one, first->offset));
}

}  // namespace

void check_hidden_text(letter const& mail, findings& found) {
    for (auto const& one : mail.htmls) {
        check_hidden(one, found);
        found.made("spam-tiny-font");
        found.made("spam-invisible-colour");
        for (auto const& text : one.document.unseen) {
            auto const here = in_html(one, text.offset);
            if (text.why == unseen_text::tiny) found.fault("spam-tiny-font", {{"text", text.text}}, here);
            if (text.why == unseen_text::own_background)
                found.fault("spam-invisible-colour", {{"text", text.text}}, here);
        }
        auto const cuts = cut_words(one.document.text);
        found.made("spam-unseen-characters");
        for (std::size_t i = 0; i < cuts; ++i) found.fault("spam-unseen-characters", {}, in_part(one.part));
    }
}

}  // namespace postrider::lint
