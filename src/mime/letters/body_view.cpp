#include <postrider/codec/charset.hpp>
#include <postrider/mime/body_view.hpp>
#include <postrider/mime/html_to_text.hpp>
#include <string_view>
#include <utility>

#include "characters_of_utf8.hpp"

namespace postrider::mime {
namespace {

bool is_inline_medium(std::string_view type) noexcept {
    return type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/");
}

bool is_multipart(std::string_view type) noexcept {
    return type.starts_with("multipart/");
}

/// One multipart while its parts are sorted.
struct level {
    std::vector<parsed_part> parts;
    std::string subtype;
    bool in_alternative;
    // Where its parts may go, and how long both bodies were before it.
    bool to_text, to_html;
    std::size_t text_before, html_before;
    std::size_t next = 0;
};

/// The RFC's parseStructure with its recursion on a stack.
class body_sorter {
public:
    body_view sort(parsed_message const& message) {
        enter({message.root()}, "mixed", false, true, true);
        while (!levels_.empty()) {
            auto& top = levels_.back();
            if (top.next == top.parts.size()) {
                share_what_stands_alone(top);
                levels_.pop_back();
                continue;
            }
            auto const at = top.next++;
            sort(top.parts[at], at == 0);
        }
        return std::move(view_);
    }

private:
    void enter(std::vector<parsed_part> parts, std::string subtype, bool in_alternative, bool to_text, bool to_html) {
        levels_.push_back({std::move(parts), std::move(subtype), in_alternative, to_text, to_html,
                           view_.text_body.size(), view_.html_body.size()});
    }

    void sort(parsed_part part, bool first) {
        auto& top = levels_.back();
        auto const type = part.content_type();
        if (is_multipart(type) && part.is_container()) {
            auto subtype = type.substr(type.find('/') + 1);
            bool const alternative = top.in_alternative || subtype == "alternative";
            return enter(part.children(), std::move(subtype), alternative, top.to_text, top.to_html);
        }
        if (!is_shown(part, type, first)) return view_.attachments.push_back(part);
        if (top.subtype == "alternative") return list_of(type).push_back(part);
        if (top.in_alternative && type == "text/plain") top.to_html = false;
        if (top.in_alternative && type == "text/html") top.to_text = false;
        if (top.to_text) view_.text_body.push_back(part);
        if (top.to_html) view_.html_body.push_back(part);
        if ((!top.to_text || !top.to_html) && is_inline_medium(type)) view_.attachments.push_back(part);
    }

    // Of a multipart/related only the root is shown; elsewhere a text with a name, unless it comes first, is a file.
    bool is_shown(parsed_part const& part, std::string_view type, bool first) const {
        bool const medium = is_inline_medium(type);
        if (type != "text/plain" && type != "text/html" && !medium) return false;
        if (part.disposition() == "attachment") return false;
        return first || (levels_.back().subtype != "related" && (medium || !part.filename()));
    }

    std::vector<parsed_part>& list_of(std::string_view type) noexcept {
        return type == "text/plain" ? view_.text_body : type == "text/html" ? view_.html_body : view_.attachments;
    }

    // An alternative in one form alone is shown in both bodies.
    void share_what_stands_alone(level const& done) {
        if (done.subtype != "alternative" || !done.to_text || !done.to_html) return;
        auto& text = view_.text_body;
        auto& html = view_.html_body;
        bool const has_text = text.size() > done.text_before, has_html = html.size() > done.html_before;
        if (has_html && !has_text) text.insert(text.end(), html.begin() + std::ptrdiff_t(done.html_before), html.end());
        if (has_text && !has_html) html.insert(html.end(), text.begin() + std::ptrdiff_t(done.text_before), text.end());
    }

    std::vector<level> levels_;
    body_view view_;
};

bool is_shown_by_html(parsed_part const& part) {
    auto const around = part.parent();
    return part.content_id() && around && around->content_type() == "multipart/related";
}

// Appends text with its blanks collapsed; returns how many characters it took.
std::size_t append_collapsed(std::string& out, std::string_view text, std::size_t most) {
    std::size_t taken = 0;
    while (!text.empty() && taken < most) {
        auto const [number, octets] = first_character(text);
        bool const blank = number <= ' ' || number == 0x7F || number == 0xA0 || number == 0x3000;
        if (!blank)
            out += text.substr(0, octets), ++taken;
        else if (!out.empty() && out.back() != ' ')
            out += ' ', ++taken;
        text.remove_prefix(octets);
    }
    return taken;
}

}  // namespace

body_view view_body(parsed_message const& message) {
    return body_sorter().sort(message);
}

std::size_t body_view::attachment_count() const {
    std::size_t count = 0;
    for (auto const& part : attachments) count += part.disposition() != "inline" && !is_shown_by_html(part);
    return count;
}

std::string body_view::preview(std::size_t characters) const {
    constexpr std::size_t enough_octets = 64 * 1024;
    std::string text;
    for (auto const& part : text_body) {
        if (characters == 0) break;
        if (!part.is_text()) continue;
        if (!text.empty() && text.back() != ' ') text += ' ', --characters;
        auto whole = part.text().text;
        whole.resize(codec::utf8_prefix(whole, enough_octets));
        if (part.content_type() == "text/html") whole = html_to_text(whole, {.width = 0, .links = link_style::omit});
        characters -= append_collapsed(text, whole, characters);
    }
    if (text.ends_with(' ')) text.pop_back();
    return text;
}

std::string readable_text(parsed_part const& part, std::size_t width) {
    auto text = part.text().text;
    return part.content_type() == "text/html" ? html_to_text(text, {.width = width}) : text;
}

}  // namespace postrider::mime
