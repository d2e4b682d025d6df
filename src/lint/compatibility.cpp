#include <algorithm>
#include <map>
#include <postrider/core/ascii.hpp>

#include "data/caniemail.hpp"
#include "feature_names.hpp"
#include "letter.hpp"

/// Which mail clients know the HTML and CSS that the message uses.
namespace postrider::lint {
namespace {

/// Features by their place in the table, and where each is used first.
using used_features = std::map<std::size_t, place>;

class collector {
public:
    void add(std::string_view id, place const& where) {
        auto const all = known_features();
        auto const found = std::lower_bound(all.begin(), all.end(), id,
                                            [](client_feature const& one, std::string_view of) { return one.id < of; });
        if (found != all.end() && found->id == id)
            used.try_emplace(static_cast<std::size_t>(found - all.begin()), where);
    }
    used_features used;
};

void collect_css(html_part const& one, css_sheet const& sheet, std::size_t offset, collector& into) {
    if (sheet.comments > 0) into.add("css-comments", in_html(one, offset));
    for (auto const& item : sheet.items)
        tell_css(item, [&](std::string_view id) { into.add(id, in_html(one, offset + item.offset)); });
}

void collect(html_part const& one, collector& into) {
    auto const& document = one.document;
    if (document.html5_doctype) into.add("html-doctype", in_html(one, 0));
    if (document.comments > 0) into.add("html-comments", in_html(one, 0));
    for (auto const& element : document.elements) {
        auto const use = [&](std::string_view id) { into.add(id, in_html(one, element.offset)); };
        tell_element(element, use);
        if (auto* style = element.find("style"))
            for (auto const& item : read_declarations(*style)) tell_css(item, use);
    }
    for (auto const& style : document.styles) collect_css(one, read_style_sheet(style.css), style.offset, into);
}

struct answers {
    std::size_t no = 0, known = 0;
};

answers answers_for(client_feature const& feature) {
    auto const count = [&](char letter) {
        return static_cast<std::size_t>(std::count(feature.support.begin(), feature.support.end(), letter));
    };
    return {count('n'), feature.support.size() - count('u')};
}

void judge(used_features const& used, std::string_view category, check_id id, findings& found) {
    for (auto const& [index, where] : used) {
        auto const& feature = known_features()[index];
        if (!feature.id.starts_with(category)) continue;
        found.made(id);
        auto const [no, known] = answers_for(feature);
        if (no * 2 > known) found.fault(id, {{"feature", feature.title}, {"clients", no}, {"of", known}}, where);
    }
}

void tell_clients(used_features const& used, report& all) {
    auto const clients = known_clients();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        client_support one{std::string(clients[i].name), std::string(clients[i].platform), {}, {}, {}};
        for (auto const& [index, where] : used) {
            auto const& feature = known_features()[index];
            char const answer = feature.support[i];
            auto* list = answer == 'y' ? &one.supported : answer == 'a' ? &one.partial : &one.unsupported;
            if (answer != 'u') list->emplace_back(feature.title);
        }
        all.clients.push_back(std::move(one));
    }
    for (auto const& [index, where] : used) {
        auto const& feature = known_features()[index];
        all.features.push_back(
            {feature.id, feature.title, "https://www.caniemail.com/features/" + std::string(feature.id) + "/"});
    }
}

/// Style sheets that would have to be loaded.
void check_style_links(html_part const& one, findings& found) {
    found.made("compat-style-link");
    for (auto const& element : one.document.elements) {
        auto* rel = element.name == "link" ? element.find("rel") : nullptr;
        if (rel && ascii::lower(*rel).find("stylesheet") != std::string::npos)
            found.fault("compat-style-link", {}, in_html(one, element.offset));
    }
    for (auto const& style : one.document.styles)
        for (auto const& item : read_style_sheet(style.css).items)
            if (item.what == css_item::at_rule && item.name == "import")
                found.fault("compat-style-link", {}, in_html(one, style.offset + item.offset));
}

}  // namespace

void check_compatibility(letter const& mail, findings& found, report& all) {
    if (mail.htmls.empty()) return;
    collector into;
    for (auto const& one : mail.htmls) {
        collect(one, into);
        check_style_links(one, found);
    }
    for (auto const& part : mail.parts)
        if (part.content_type().starts_with("image/") && part.content_id())
            tell_image(part.content_type(), [&](std::string_view id) { into.add(id, in_part(part)); });
    judge(into.used, "html-", "compat-html", found);
    judge(into.used, "css-", "compat-css", found);
    judge(into.used, "image-", "compat-images", found);
    tell_clients(into.used, all);
}

}  // namespace postrider::lint
