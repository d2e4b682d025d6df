#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>

#include "letter.hpp"
#include "words.hpp"

/// Texts and their charsets.
namespace postrider::lint {
namespace {

constexpr std::size_t line_to_read = 78;     // RFC 5322 §2.1.1, RFC 3676 §4.2
constexpr std::size_t very_long_line = 500;  // a paragraph as one line

bool has_defect(std::vector<mime::defect> const& defects, mime::defect_kind kind) {
    return std::any_of(defects.begin(), defects.end(), [&](mime::defect const& one) { return one.kind == kind; });
}

void check_charset(mime::parsed_part const& part, findings& found) {
    auto const content = part.content();
    bool const ascii = codec::is_ascii(content.octets());
    auto const charset = part.charset();
    if (ascii && !charset) return;
    found.judge("charset-declared", charset || ascii, {{"type", part.content_type()}}, in_part(part));
    if (!charset) return;
    bool const known = codec::charset_name(*charset).has_value();
    found.judge("charset-known", known, {{"charset", *charset}}, in_part(part));
    if (!known) return;
    auto const text = part.text(content);
    bool const is_true = !has_defect(text.defects, mime::defect_kind::undecodable_bytes) &&
                         !has_defect(text.defects, mime::defect_kind::undeclared_charset);
    found.judge("charset-true", is_true, {{"charset", *charset}}, in_part(part));
}

/// Of `<meta charset=x>` or `<meta content="text/html; charset=x">`; empty where there is none.
std::string charset_in(html_document const& document) {
    for (auto const& element : document.elements) {
        if (element.name != "meta") continue;
        if (auto* charset = element.find("charset")) return std::string(trimmed(*charset));
        auto* content = element.find("content");
        auto const lower = content ? ascii::lower(*content) : std::string();
        if (auto const at = lower.find("charset="); at != lower.npos) {
            auto const rest = std::string_view(lower).substr(at + 8);
            return std::string(trimmed(rest.substr(0, rest.find_first_of("; \"'"))));
        }
    }
    return {};
}

void check_html_charset(html_part const& one, findings& found) {
    auto const in_html = charset_in(one.document);
    auto const declared = one.part.charset();
    if (in_html.empty() || !declared) return;
    auto const a = codec::charset_name(in_html), b = codec::charset_name(*declared);
    found.judge("html-charset-agrees", a && b && *a == *b, {{"charset", *declared}, {"html", in_html}},
                in_part(one.part));
}

struct long_line {
    std::size_t octets = 0, number = 0;
};

long_line longest_line(std::string_view text) {
    long_line longest;
    for (std::size_t begin = 0, number = 1; begin < text.size(); ++number) {
        auto const end = std::min(text.find('\n', begin), text.size());
        auto const octets = end - begin - (end > begin && text[end - 1] == '\r' ? 1 : 0);
        if (octets > longest.octets) longest = {octets, number};
        begin = end + 1;
    }
    return longest;
}

void check_lines_of(text_part const& one, findings& found) {
    auto const type = one.part.content_type_field();
    auto* format = type.find("format");
    bool const flowed = format && ascii::equal_without_case(*format, "flowed");
    auto const longest = longest_line(one.text);
    place const here{one.part.index(), {}, longest.number, {}};
    if (flowed)
        found.judge("flowed-lines", longest.octets <= line_to_read, {{"octets", longest.octets}}, here);
    else
        found.judge("text-lines", longest.octets <= very_long_line, {{"octets", longest.octets}}, here);
}

bool is_empty(mime::parsed_part const& part) {
    return !part.is_container() && part.depth() > 0 && trimmed(part.body()).empty();
}

}  // namespace

void check_texts(letter const& mail, findings& found) {
    for (auto const& part : mail.parts) {
        if (part.is_text()) check_charset(part, found);
        if (part.depth() > 0)
            found.judge("parts-filled", !is_empty(part), {{"type", part.content_type()}}, in_part(part));
    }
    for (auto const& one : mail.texts) check_lines_of(one, found);
    for (auto const& one : mail.htmls) {
        check_html_charset(one, found);
        found.judge("html-complete", one.document.is_complete, {}, in_part(one.part));
    }
}

}  // namespace postrider::lint
