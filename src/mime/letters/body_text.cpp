#include <postrider/core/ascii.hpp>
#include <postrider/mime/body_view.hpp>
#include <postrider/mime/flowed.hpp>
#include <postrider/mime/html_to_text.hpp>

#include "../parse/visible.hpp"
#include "original.hpp"
#include "text_lines.hpp"

namespace postrider::mime {
namespace {

constexpr std::size_t quotation_width = 72;

bool is_set(structured_field const& type, std::string_view name, std::string_view value) {
    auto const* found = type.find(name);
    return found && ascii::equal_without_case(*found, value);
}

std::string text_of(parsed_part const& part) {
    auto const type = part.content_type_field();
    auto text = part.text().text;
    if (type.value == "text/html") return html_to_text(text, {.width = quotation_width});
    if (is_set(type, "format", "flowed")) return from_flowed(text, is_set(type, "delsp", "yes"));
    return text;
}

void append_lines(std::string& out, std::string_view text, bool keep_signature) {
    while (!text.empty()) {
        auto const line = take_line(text);
        if (line == signature_mark && !keep_signature) return;
        out += escape_controls(std::string(without_blanks_behind(line)));
        out += '\n';
    }
}

}  // namespace

std::string body_text(parsed_message const& message, bool keep_signature) {
    std::string out;
    for (auto const& part : view_body(message).text_body) {
        if (!part.is_text()) continue;
        append_lines(out, text_of(part), keep_signature);
        out.erase(out.find_last_not_of('\n') + 1);
        if (!out.empty()) out += "\n\n";
    }
    if (out.ends_with("\n\n")) out.pop_back();
    return out;
}

}  // namespace postrider::mime
