#include "searched_text.hpp"

#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/fold_case.hpp>
#include <postrider/mime/html_to_text.hpp>

namespace postrider::devserver {
namespace {

// Any text may hold octets that are no UTF-8: an address, say, of a client that knows no better.
std::string as_utf8(std::string_view text) {
    if (codec::is_utf8(text)) return std::string(text);
    auto decoded = codec::decode_charset(text, "utf-8");
    return decoded ? std::move(decoded->text) : std::string();
}

constexpr std::string_view no_break_space = "\xC2\xA0", ideographic_space = "\xE3\x80\x80";

bool may_be_blank(char c) noexcept {
    return static_cast<unsigned char>(c) <= ' ' || c == no_break_space[0] || c == ideographic_space[0];
}

/// Of the blank that `text` begins with; 0 where it begins with none.
std::size_t blank_octets(std::string_view text) noexcept {
    if (text.starts_with(no_break_space)) return no_break_space.size();
    if (text.starts_with(ideographic_space)) return ideographic_space.size();
    return static_cast<unsigned char>(text[0]) <= ' ' ? 1 : 0;
}

std::string collapsed(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const blank = blank_octets(text);
        auto const word = std::find_if(text.begin() + 1, text.end(), may_be_blank) - text.begin();
        if (blank == 0)
            out += text.substr(0, word);
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
        text.remove_prefix(blank ? blank : word);
    }
    return out;
}

/// Gathers what is looked at until there is enough of it.
class gatherer {
public:
    bool full() const noexcept { return text_.size() >= limits::searched_octets; }

    void add(std::string_view text) {
        if (full() || text.empty()) return;
        text_.append(text.substr(0, codec::utf8_prefix(text, limits::searched_octets - text_.size()))).append(1, '\n');
    }

    std::string const& text() const noexcept { return text_; }

private:
    std::string text_;
};

// HTML takes several octets for one of its text.
std::string readable(mime::parsed_part const& part) {
    auto text = part.text().text;
    text.resize(codec::utf8_prefix(text, 4 * limits::searched_octets));
    if (part.content_type() != "text/html") return text;
    return mime::html_to_text(text, {.width = 0, .links = mime::link_style::inline_url});
}

void add_header(gatherer& into, mime::parsed_part const& root) {
    auto const charset = root.header_charset();
    for (auto const& field : root.fields()) {
        if (into.full()) return;
        into.add(std::string(field.name) + ": " + mime::decode_field(field, charset).value);
    }
}

void add_parts(gatherer& into, mime::parsed_message const& message) {
    for (std::size_t index = 0; index < message.part_count() && !into.full(); ++index) {
        auto const part = message.part(index);
        if (auto const name = part.filename()) into.add(*name);
        if (part.is_text() && part.disposition() != "attachment") into.add(readable(part));
    }
}

}  // namespace

std::string as_searched(std::string_view text) {
    return collapsed(mime::fold_case(as_utf8(text)));
}

searched_text searched_text_of(mime::parsed_message const& message, std::string_view reverse_path,
                               std::string_view forward_paths) {
    auto const root = message.root();
    auto const field = [&](std::string_view name) { return root.value(name).value_or(""); };
    auto const beside = [](std::string_view path, std::string const& field_body) {
        return as_searched(as_utf8(path) + '\n' + field_body);
    };
    gatherer all;
    all.add(as_utf8(reverse_path));
    all.add(as_utf8(forward_paths));
    add_header(all, root);
    add_parts(all, message);
    return {beside(reverse_path, field("From")), beside(forward_paths, field("To")), as_searched(field("Cc")),
            as_searched(field("Subject")), as_searched(all.text())};
}

}  // namespace postrider::devserver
