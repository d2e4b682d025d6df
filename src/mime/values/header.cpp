#include <postrider/codec/charset.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/field.hpp>
#include <postrider/mime/header.hpp>
#include <postrider/mime/mail_charset.hpp>
#include <utility>

#include "../characters.hpp"
#include "../parse/visible.hpp"
#include "header_folder.hpp"

namespace postrider::mime {
namespace {

constexpr std::string_view ascii_name = "us-ascii";

std::string registered_name(std::string_view charset) {
    auto name = codec::charset_name(charset);
    if (!name)
        throw error(errc::unencodable, "the charset \"" + std::string(charset) + "\": " + name.error().message());
    return std::move(*name);
}

void check_text(std::string_view text) {
    auto const octets = look_at(text);
    if (octets.control) throw error(errc::control_character, "a control character in a header's text");
    if (octets.beyond_ascii && !codec::is_utf8(text)) throw error(errc::unencodable, "a header's text is no UTF-8");
}

bool begins_blank(std::string_view text) noexcept {
    return !text.empty() && is_blank(text.front());
}
bool ends_blank(std::string_view text) noexcept {
    return !text.empty() && is_blank(text.back());
}

}  // namespace

header::header(std::string_view text, std::string_view charset, header_options options) : options_(std::move(options)) {
    if (!charset.empty()) charset_ = registered_name(charset);
    if (!text.empty()) append(text, charset_);
}

header& header::append(std::string_view text, std::string_view charset) {
    check_text(text);
    std::string name = charset.empty() ? charset_ : registered_name(charset);
    if (name == ascii_name && !codec::is_ascii(text)) name = "utf-8";
    std::string const output = mail_charset(name).get_output_charset();
    if (auto octets = codec::encode_charset(text, output); !octets)
        throw error(errc::unencodable, "a header's text in " + output + ": " + octets.error().message());
    if (!chunks_.empty() && chunks_.back().charset == name)
        chunks_.back().text += (name == ascii_name ? " " : "") + std::string(text);
    else
        chunks_.push_back({std::string(text), std::move(name)});
    return *this;
}

std::string header::encode(header_encode_options const& options) const {
    std::size_t const longest = options.maxlinelen.value_or(options_.maxlinelen);
    std::size_t const begin = options_.header_name.empty() ? 0 : options_.header_name.size() + 2;
    header_folder folder(begin, longest == 0 ? std::string::npos : longest, options.splitchars);
    chunk const* last = nullptr;
    for (chunk const& one : chunks_) {
        bool const plain = one.charset == ascii_name;
        bool const after_words = last && last->charset != ascii_name;
        // RFC 2047 §5 (1): white space separates an encoded-word from what stands beside it.
        if (plain)
            folder.add_text(after_words && !begins_blank(one.text) ? ' ' + one.text : one.text);
        else
            folder.add_words(one.text, mail_charset(one.charset), last && (after_words || !ends_blank(last->text)));
        last = &one;
    }
    return folder.finish(options.linesep, options_.continuation_ws);
}

std::string header::to_string() const {
    std::string text;
    chunk const* last = nullptr;
    for (chunk const& one : chunks_) {
        bool const plain = one.charset == ascii_name;
        bool const after_words = last && last->charset != ascii_name;
        if (last && (after_words ? plain && !begins_blank(one.text) : !plain && !ends_blank(last->text))) text += ' ';
        text += one.text;
        last = &one;
    }
    return text;
}

std::vector<charset_run> decode_header(std::string_view field_body) {
    return codec::split_words(unfold(field_body));
}

header make_header(std::vector<charset_run> const& runs, header_options options) {
    header made({}, {}, std::move(options));
    for (charset_run const& run : runs) {
        std::string_view const charset = run.charset.empty() ? std::string_view("utf-8") : run.charset;
        auto text = codec::decode_charset(run.octets, charset);
        bool const known = text.has_value();
        std::string const readable = escape_controls(known ? std::move(text->text) : to_utf8(run.octets));
        auto const fits = codec::encode_charset(readable, charset);
        made.append(readable, run.charset.empty() ? ascii_name : known && fits ? charset : std::string_view("utf-8"));
    }
    return made;
}

}  // namespace postrider::mime
