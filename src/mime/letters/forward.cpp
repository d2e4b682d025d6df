#include <postrider/mime/body_view.hpp>
#include <postrider/mime/forward.hpp>
#include <postrider/mime/kinds.hpp>
#include <postrider/mime/reply.hpp>
#include <postrider/mime/safe_name.hpp>
#include <unordered_set>

#include "enclosures.hpp"
#include "html_splice.hpp"
#include "original.hpp"

namespace postrider::mime {
namespace {

constexpr std::string_view headline = "---------- Forwarded message ----------";
constexpr std::string_view shown_fields[] = {"From", "Date", "Subject", "To", "Cc"};

std::string text_banner(parsed_part const& root) {
    std::string out = std::string(headline) + '\n';
    for (auto name : shown_fields)
        if (auto line = line_of(root, name); !line.empty()) out.append(name).append(": ").append(line) += '\n';
    return out + '\n';
}

std::string html_banner(std::string_view text, parsed_part const& root) {
    std::string out = "<div>";
    for (auto rest = std::string_view(text); !rest.empty();
         rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1))
        out += escape_html(rest.substr(0, rest.find('\n'))) + "<br>\n";
    if (!text.empty()) out += "<br>\n";
    out.append(headline) += "<br>\n";
    for (auto name : shown_fields)
        if (auto line = line_of(root, name); !line.empty())
            out.append("<b>").append(name).append(":</b> ").append(escape_html(line)) += "<br>\n";
    return out + "<br></div>\n";
}

// Two documents in one would let the first swallow the second: only one that stands alone is shown.
std::optional<parsed_part> lone_html(body_view const& view) {
    std::optional<parsed_part> found;
    for (auto const& part : view.html_body) {
        if (!part.is_text()) continue;
        if (found || part.content_type() != "text/html") return std::nullopt;
        found = part;
    }
    return found;
}

void enclose_whole(message& mail, parsed_message const& original) {
    auto octets = original.octets();
    if (!original.envelope_line().empty()) octets.remove_prefix(original.root().header_range().begin);
    auto name = safe_file_name(line_of(original.root(), "Subject"), "message/rfc822");
    if (!name.ends_with(".eml")) name = safe_file_name(name + ".eml", {});
    mail.attach_data(name, std::string(octets), "message/rfc822");
}

void enclose_inline(message& mail, parsed_message const& original, std::string const& text) {
    auto const root = original.root();
    auto const view = view_body(original);
    auto quoted = text;
    if (!quoted.empty()) quoted += quoted.ends_with('\n') ? "\n" : "\n\n";
    mail.text(quoted + text_banner(root) + body_text(original, true));

    auto const html = lone_html(view);
    if (html) mail.html(spliced(html->text().text, html_banner(text, root)));

    std::unordered_set<std::size_t> taken;
    for (auto const& part : view.text_body)
        if (part.is_text()) taken.insert(part.index());
    if (html) taken.insert(html->index());
    distinct_names names;
    for (auto const* list : {&view.text_body, &view.html_body, &view.attachments})
        for (auto const& part : *list)
            if (taken.insert(part.index()).second) enclose(mail, part, names, html.has_value());
}

}  // namespace

message forward(parsed_message const& original, forward_options const& options) {
    auto const root = original.root();
    message mail;
    mail.from(options.from).to(options.to).subject(forward_subject(line_of(root, "Subject")));
    continue_thread(mail, root);
    mail.del("In-Reply-To");
    if (options.style == forward_style::inline_text) {
        enclose_inline(mail, original, options.text);
        return mail;
    }
    mail.text(options.text);
    enclose_whole(mail, original);
    return mail;
}

}  // namespace postrider::mime
