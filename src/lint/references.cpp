#include <algorithm>
#include <array>
#include <map>
#include <postrider/core/ascii.hpp>
#include <unordered_set>

#include "letter.hpp"
#include "url.hpp"
#include "words.hpp"

/// Parts that the HTML refers to by their Content-ID.                                                       RFC 2392
namespace postrider::lint {
namespace {

constexpr std::array<std::string_view, 5> with_urls{"src", "href", "background", "poster", "style"};

struct reference {
    std::string cid;
    std::size_t offset;
};

/// Each `cid:` in `value`, be it all of it or inside url(...).
void collect(std::string_view value, std::size_t offset, std::vector<reference>& into) {
    auto const lower = ascii::lower(value);
    for (std::size_t at = lower.find("cid:"); at != lower.npos;) {
        auto const end = std::min(value.find_first_of(" \t\r\n\"')<>", at), value.size());
        into.push_back({percent_decoded(value.substr(at + 4, end - at - 4)), offset});
        at = lower.find("cid:", end);
    }
}

std::vector<reference> references_of(html_document const& document) {
    std::vector<reference> found;
    for (auto const& element : document.elements)
        for (auto const& [name, value] : element.attributes)
            if (std::find(with_urls.begin(), with_urls.end(), name) != with_urls.end())
                collect(value, element.offset, found);
    for (auto const& style : document.styles) collect(style.css, style.offset, found);
    return found;
}

}  // namespace

void check_references(letter const& mail, findings& found) {
    if (mail.htmls.empty()) return;
    std::map<std::string, mime::parsed_part> parts;
    for (auto const& part : mail.parts)
        if (auto id = part.content_id()) parts.emplace(std::move(*id), part);
    std::unordered_set<std::string> used;
    for (auto const& one : mail.htmls)
        for (auto const& [cid, offset] : references_of(one.document)) {
            used.insert(cid);
            found.judge("image-cid", parts.contains(cid), {{"cid", cid}}, in_html(one, offset));
        }
    for (auto const& [id, part] : parts) {
        if (part.disposition() != "inline" || part.is_text() || part.is_container()) continue;
        found.judge("inline-referenced", used.contains(id), {{"cid", id}}, in_part(part));
    }
}

}  // namespace postrider::lint
