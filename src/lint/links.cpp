#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"
#include "url.hpp"
#include "words.hpp"

/// Links as they are written: nothing is fetched here.
namespace postrider::lint {
namespace {

constexpr std::size_t most_octets = 2000;

constexpr std::array<std::string_view, 8> followed{"http", "https", "mailto", "tel", "sms", "cid", "webcal", "geo"};

bool is_address(std::string_view text) {
    auto const at = text.find('@');
    return at != text.npos && at > 0 && at + 1 < text.size() && mime::parse_addr_spec(text).has_value();
}

/// mailto = *(address ",") ["?" name "=" value *("&" name "=" value)]                                      RFC 6068 §2
bool is_mailto(std::string_view rest) {
    auto const question = std::min(rest.find('?'), rest.size());
    auto const fields = rest.substr(question);
    bool const names_to = ascii::lower(fields).find("to=") != std::string::npos;
    if (question == 0) return names_to;
    auto const list = rest.substr(0, question);
    for (std::size_t at = 0; at <= list.size();) {
        auto const comma = std::min(list.find(',', at), list.size());
        if (!is_address(percent_decoded(list.substr(at, comma - at)))) return false;
        at = comma + 1;
    }
    return fields.size() < 2 || fields.find('=') != fields.npos;
}

void check_url(std::string_view url, place const& here, findings& found) {
    std::vector<argument> const told{{"url", url}};
    found.judge("link-length", url.size() <= most_octets, {{"octets", url.size()}}, here);
    auto const pieces = take_apart(url);
    bool const relative = pieces && pieces->scheme.empty();
    found.judge("link-form", pieces && !relative, told, here);
    if (!pieces || pieces->scheme.empty()) return;
    bool const known = std::find(followed.begin(), followed.end(), pieces->scheme) != followed.end();
    found.judge("link-scheme", known, told, here);
    if (pieces->scheme == "mailto") found.judge("link-mailto", is_mailto(pieces->rest), told, here);
    if (pieces->scheme == "http" || pieces->scheme == "https")
        found.judge("link-https", pieces->scheme == "https", told, here);
}

bool is_unsubscribing(html_document const& document, html_link const& link) {
    auto* href = document.href(link);
    auto const text = ascii::lower(link.text), target = href ? ascii::lower(*href) : std::string();
    for (std::string_view word : {"unsubscribe", "opt-out", "opt out", "optout", "abmelden", "desinscri", "退订",
                                  "退訂", "取消订阅", "配信停止"})
        if (text.find(word) != text.npos || target.find(word) != target.npos) return true;
    return false;
}

void check_unsubscribing(letter const& mail, findings& found) {
    if (!mail.is_bulk) return;
    bool shown = false;
    for (auto const& one : mail.htmls)
        for (auto const& link : one.document.links) shown |= is_unsubscribing(one.document, link);
    for (auto const& one : mail.texts) shown |= ascii::lower(one.text).find("unsubscribe") != std::string::npos;
    found.judge("link-unsubscribe", shown);
}

}  // namespace

void check_links(letter const& mail, findings& found) {
    for (auto const& one : mail.htmls)
        for (auto const& link : one.document.links) {
            auto* href = one.document.href(link);
            if (!href && one.document.elements[link.element].find("name")) continue;  // a place to lead to
            auto const url = href ? trimmed(*href) : std::string_view();
            auto const here = in_html(one, link.offset);
            found.judge("link-target", !url.empty() && url != "#", {{"text", link.text}}, here);
            if (!url.empty() && !url.starts_with('#')) check_url(url, here, found);
        }
    check_unsubscribing(mail, found);
}

}  // namespace postrider::lint
