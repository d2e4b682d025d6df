#include "inert_html.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/html_entities.hpp>
#include <postrider/mime/html_reader.hpp>

namespace postrider::devserver {
namespace {

// Under another name each means no more to a browser than a word does; what was within it shows instead.
constexpr std::array<std::string_view, 11> renamed = {"iframe",      "frame",   "object",          "embed",
                                                      "fencedframe", "portal",  "applet",          "math",
                                                      "set",         "animate", "animatetransform"};

// What tells a link where to lead, and how; SVG has its own way to write it.
constexpr std::array<std::string_view, 7> leading = {"href", "xlink:href", "target",        "rel",
                                                     "ping", "download",   "attributionsrc"};

constexpr std::string_view own_window = " target=\"_blank\" rel=\"noopener noreferrer\"";
constexpr std::string_view same_window = " target=\"_self\"";  // a <base target> would say another

template <std::size_t Size>
bool is_one_of(std::array<std::string_view, Size> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), ascii::lower(name)) != names.end();
}

bool begins_with(std::string_view text, std::string_view scheme) {
    return ascii::equal_without_case(text.substr(0, scheme.size()), scheme);
}

void append_escaped(std::string& out, std::string_view text, bool with_ampersand) {
    for (char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '"')
            out += "&quot;";
        else if (c == '&' && with_ampersand)
            out += "&amp;";
        else
            out += c;
    }
}

// Only what begins with its scheme as it is known: whatever else a browser would take for an address is none.
void append_href(std::string& out, std::string_view written) {
    auto const decoded = mime::decode_entities(written, mime::html_place::attribute);
    std::string_view address = decoded;
    while (!address.empty() && static_cast<unsigned char>(address.front()) <= ' ') address.remove_prefix(1);
    bool const outside =
        begins_with(address, "http://") || begins_with(address, "https://") || begins_with(address, "mailto:");
    if (!outside && !address.starts_with('#')) return;
    out += " href=\"";
    append_escaped(out, address, true);
    out.append("\"").append(outside ? own_window : same_window);
}

bool is_plain_name(std::string_view name) {
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == ':' || c == '.'; });
}

// Its attributes one by one, as the tag says where to go; of several of one name the first counts.
void append_link(std::string& out, mime::html_reader const& tag) {
    out.append("<").append(tag.name());
    if (ascii::equal_without_case(tag.name(), "a") && tag.attributes().href.data())
        append_href(out, tag.attributes().href);
    for (auto const& [name, value] : tag.all_attributes()) {
        if (!is_plain_name(name) || is_one_of(leading, name)) continue;
        out.append(" ").append(name).append("=\"");
        append_escaped(out, value, false);
        out += '"';
    }
    out += '>';
}

void append_without_brackets(std::string& out, std::string_view text) {
    for (char c : text) c == '<' ? out.append("&lt;") : out.append(1, c);
}

// The name aside it stays as it was written.
void append_tag(std::string& out, mime::html_reader const& tag, std::string_view written) {
    auto const name = tag.name();
    auto const before = static_cast<std::size_t>(name.data() - written.data());
    out.append(written.substr(0, before));
    if (is_one_of(renamed, name)) out += "mail-";
    // A meta is empty as a link is, and allowed in the same places.
    append_without_brackets(out, ascii::equal_without_case(name, "link") ? "meta" : name);
    append_without_brackets(out, written.substr(before + name.size()));
}

bool begins_tag(std::string_view html) {
    auto const letter = html.substr(1, 1) == "/" ? 2U : 1U;
    return html.size() > letter && ascii::is_alpha(html[letter]);
}

}  // namespace

std::string inert_html(std::string_view html) {
    std::string out;
    out.reserve(html.size());
    for (std::size_t bracket; (bracket = html.find('<')) != std::string_view::npos;) {
        out.append(html.substr(0, bracket));
        html.remove_prefix(bracket);
        if (!begins_tag(html)) {
            out += '<';
            html.remove_prefix(1);
            continue;
        }
        mime::html_reader tag(html);
        auto const kind = tag.next();
        if (kind == mime::html_reader::token::end) break;  // a tag that does not end is none
        bool const leads = ascii::equal_without_case(tag.name(), "a") || ascii::equal_without_case(tag.name(), "area");
        if (kind == mime::html_reader::token::start_tag && leads)
            append_link(out, tag);
        else
            append_tag(out, tag, html.substr(0, tag.position()));
        html.remove_prefix(tag.position());
    }
    append_without_brackets(out, html);
    return out;
}

}  // namespace postrider::devserver
