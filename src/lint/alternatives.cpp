#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <unordered_set>

#include "letter.hpp"
#include "words.hpp"

/// Whether those who read the text get the same message as those who read the HTML.
namespace postrider::lint {
namespace {

constexpr std::size_t words_to_compare = 12;  // fewer say nothing about likeness
constexpr std::size_t enough_percent = 60;

std::string_view beginning(std::string_view text) {
    return text.substr(0, limits::lint_text_octets);
}

/// How many of a hundred words of the HTML stand in the text too; 100 for HTML of few words.
std::size_t shared_percent(std::string_view html, std::string_view text) {
    auto const wanted = words_of(beginning(html));
    if (wanted.size() < words_to_compare) return 100;
    auto const there = words_of(text);
    std::unordered_set<std::string> const known(there.begin(), there.end());
    auto const shared =
        std::count_if(wanted.begin(), wanted.end(), [&](auto const& word) { return known.contains(word); });
    return static_cast<std::size_t>(shared) * 100 / wanted.size();
}

bool is_web_link(std::string_view href) {
    auto const lower = ascii::lower(href.substr(0, 8));
    return lower.starts_with("http://") || lower.starts_with("https://");
}

std::string without_end(std::string_view url) {
    while (url.ends_with('/')) url.remove_suffix(1);
    return std::string(url);
}

/// What of the text stands between blanks and brackets, and could be an address.
std::unordered_set<std::string> addresses_in(std::string_view text) {
    std::unordered_set<std::string> found;
    for (std::size_t at = text.find("http"); at != text.npos; at = text.find("http", at + 1)) {
        auto const end = std::min(text.find_first_of(" \t\r\n<>\"')]", at), text.size());
        auto url = text.substr(at, end - at);
        while (!url.empty() && std::string_view(".,;:!?").find(url.back()) != std::string_view::npos)
            url.remove_suffix(1);
        found.insert(without_end(url));
        at = end > at ? end - 1 : at;
    }
    return found;
}

void compare_links(letter const& mail, std::string const& text, findings& found) {
    auto const there = addresses_in(text);
    found.made("text-alternative-links");
    std::unordered_set<std::string> told;
    for (auto const& one : mail.htmls)
        for (auto const& link : one.document.links) {
            auto* href = one.document.href(link);
            auto const url = href && is_web_link(trimmed(*href)) ? without_end(trimmed(*href)) : std::string();
            if (url.empty() || there.contains(url) || !told.insert(url).second) continue;
            found.fault("text-alternative-links", {{"url", url}}, in_html(one, link.offset));
        }
}

void compare(letter const& mail, findings& found) {
    std::string text, html;
    for (auto const& one : mail.texts) text += one.text + "\n";
    for (auto const& one : mail.htmls) html += one.document.text + "\n";
    auto const percent = shared_percent(html, text);
    found.judge("text-alternative-agrees", percent >= enough_percent, {{"percent", percent}},
                in_part(mail.texts.front().part));
    compare_links(mail, text, found);
}

void check_order(letter const& mail, findings& found) {
    for (auto const& part : mail.parts) {
        if (part.content_type() != "multipart/alternative") continue;
        found.made("alternatives-order");
        bool html_seen = false;
        for (auto const& child : part.children()) {
            auto const type = child.content_type();
            html_seen |= type == "text/html" || type == "multipart/related";
            if (html_seen && type == "text/plain") found.fault("alternatives-order", {}, in_part(child));
        }
    }
}

bool has_text(letter const& mail) {
    auto const is_seen = [](auto const& one) { return !trimmed(one.text).empty(); };
    auto const is_shown = [](auto const& one) {
        return !one.document.text.empty() || std::any_of(one.document.elements.begin(), one.document.elements.end(),
                                                         [](auto const& element) { return element.name == "img"; });
    };
    return std::any_of(mail.texts.begin(), mail.texts.end(), is_seen) ||
           std::any_of(mail.htmls.begin(), mail.htmls.end(), is_shown);
}

}  // namespace

void check_alternatives(letter const& mail, findings& found) {
    bool const has_body =
        has_text(mail) || (mail.texts.empty() && mail.htmls.empty() && !mail.body.attachments.empty());
    found.judge("body-present", has_body);
    check_order(mail, found);
    if (mail.htmls.empty()) return;
    found.judge("text-alternative", !mail.texts.empty(), {}, in_part(mail.htmls.front().part));
    if (!mail.texts.empty()) compare(mail, found);
}

}  // namespace postrider::lint
