#include <postrider/core/ascii.hpp>
#include <postrider/mime/message.hpp>

#include "../checks.hpp"
#include "../parse/blanks.hpp"
#include "leaf.hpp"
#include "origin.hpp"
#include "parsed_field.hpp"

/// What a message or a part says of itself, under Python's names.
namespace postrider::mime {
namespace {

parameterized const* parameters_of(field const* one) {
    return one ? std::get_if<parameterized>(&one->body) : nullptr;
}

// A preamble or epilogue: the one that was set, be it none, else the one that was parsed.
std::optional<std::string> text_around(std::optional<std::string> const& set, std::string_view parsed) {
    std::string text(set ? std::string_view(*set) : parsed);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

// "main/sub": one slash, and something on both sides of it.
bool is_type(std::string_view type) noexcept {
    auto const slash = type.find('/');
    return slash != type.npos && slash > 0 && slash + 1 < type.size() && type.find('/', slash + 1) == type.npos;
}

}  // namespace

std::string_view message::front_door_type() const noexcept {
    bool const strays = !html_ && !inline_parts_.empty();
    if (!attachments_.empty() || strays) return "multipart/mixed";
    if (!html_) return text_ ? "text/plain" : "";
    if (!inline_parts_.empty()) return "multipart/related";
    return text_ ? "multipart/alternative" : "text/html";
}

// What rendering would call a content that names no type.
std::string message::implied_type() const {
    if (has_parsed_header_) return origin_->part.content_type();
    if (std::holds_alternative<std::monostate>(content_) && !front_door_type().empty())
        return std::string(front_door_type());
    if (is_multipart_content()) return "multipart/mixed";
    if (std::holds_alternative<message_content>(content_)) return "message/rfc822";
    if (std::holds_alternative<data_content>(content_)) return "application/octet-stream";
    return get_default_type();
}

std::string message::get_content_type() const {
    auto const* type = parameters_of(find("Content-Type"));
    if (!type) return implied_type();
    auto value = ascii::lower(trim(type->value));
    return is_type(value) ? value : "text/plain";
}

message& message::set_default_type(std::string_view type) {
    if (type != "text/plain" && type != "message/rfc822")
        throw error(errc::bad_field_body, "a part is text/plain or message/rfc822 by default, and not " + shown(type));
    default_is_message_ = type == "message/rfc822";
    return *this;
}

std::string message::get_content_maintype() const {
    auto const type = get_content_type();
    return type.substr(0, type.find('/'));
}

std::string message::get_content_subtype() const {
    auto const type = get_content_type();
    return type.substr(type.find('/') + 1);
}

std::optional<std::string> message::get_content_charset() const {
    auto const* type = parameters_of(find("Content-Type"));
    auto const* charset = type ? type->find("charset") : nullptr;
    if (charset && charset->value) return ascii::lower(trim(*charset->value));
    for (auto const* text :
         {std::get_if<text_content>(&content_), text_ ? &*text_ : nullptr, html_ ? &*html_ : nullptr})
        if (text) return ascii::lower(text->charset);
    return std::nullopt;
}

std::vector<std::optional<std::string>> message::get_charsets() const {
    std::vector<std::optional<std::string>> all;
    for (auto const& part : walk()) all.push_back(part.get_content_charset());
    return all;
}

std::vector<std::string> message::keys() const {
    std::vector<std::string> names;
    for (auto const& one : fields()) names.push_back(one.name);
    return names;
}

std::vector<std::string> message::values() const {
    std::vector<std::string> bodies;
    for (auto const& one : fields()) bodies.push_back(text_of(one));
    return bodies;
}

std::vector<std::pair<std::string, std::string>> message::items() const {
    std::vector<std::pair<std::string, std::string>> all;
    for (auto const& one : fields()) all.emplace_back(one.name, text_of(one));
    return all;
}

std::vector<std::pair<std::string, std::string>> message::raw_items() const {
    std::vector<std::pair<std::string, std::string>> all;
    for (auto const& one : fields()) all.emplace_back(one.name, raw_text_of(one));
    return all;
}

std::vector<defect> message::defects() const {
    if (!origin_) return {};
    auto const found = origin_->part.defects();
    return {found.begin(), found.end()};
}

std::optional<std::string> message::get_unixfrom() const {
    if (unixfrom_) return unixfrom_->empty() ? std::nullopt : unixfrom_;
    bool const whole = origin_ && origin_->part.index() == 0;
    auto const line = whole ? origin_->table.parsed.envelope_line() : std::string_view();
    return line.empty() ? std::nullopt : std::optional(std::string(line));
}

std::optional<std::string> message::preamble() const {
    auto const* all = std::get_if<multipart_content>(&content_);
    if (!all) return std::nullopt;
    return text_around(all->preamble, origin_ ? origin_->part.preamble() : std::string_view());
}

std::optional<std::string> message::epilogue() const {
    auto const* all = std::get_if<multipart_content>(&content_);
    if (!all) return std::nullopt;
    return text_around(all->epilogue, origin_ ? origin_->part.epilogue() : std::string_view());
}

std::optional<std::string> message::get_payload(bool decode) const {
    if (is_multipart()) return std::nullopt;
    if (auto const* parsed = std::get_if<parsed_content>(&content_); parsed && !decode)
        return std::string(parsed->encoded());
    return std::string(octets_of(*this).octets());
}

std::string message::get_content() const {
    if (auto const* inner = std::get_if<message_content>(&content_)) return inner->enclosed->as_bytes();
    if (is_multipart()) return {};
    auto const octets = octets_of(*this);
    if (get_content_maintype() == "text") return text_of(*this, octets);
    return std::string(octets.octets());
}

}  // namespace postrider::mime
