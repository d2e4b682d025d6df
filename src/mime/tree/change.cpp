#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/message.hpp>

#include "../characters.hpp"
#include "../checks.hpp"
#include "parsed_field.hpp"

/// Changes that keep a message's content.
namespace postrider::mime {
namespace {

// Every line end is a fold: what follows it begins with a blank, and is more than blanks (RFC 5322 §3.2.2).
void check_folds(std::string_view value) {
    for (std::size_t at = 0; at < value.size(); ++at) {
        if (value[at] != '\r' && value[at] != '\n') {
            if (is_control(value[at])) throw error(errc::control_character, "a field as it stands: " + shown(value));
            continue;
        }
        if (value.substr(at, 2) == "\r\n") ++at;
        auto const next = value.substr(at + 1);
        auto const line = next.substr(0, next.find_first_of("\r\n"));
        bool const fold = !line.empty() && is_blank(line.front()) && line.find_first_not_of(" \t") != line.npos;
        if (!fold || value[at] == '\r')
            throw error(errc::bad_field_body, "a line end that is no fold: " + shown(value));
    }
}

}  // namespace

message& message::set_raw(std::string_view name, std::string_view value) {
    check_field_name(name);
    check_folds(value);
    auto whole = std::make_shared<std::string const>(std::string(name) + ": " + std::string(value) + "\n");
    auto const colon = whole->find(':');
    field_view const seen{std::string_view(*whole).substr(0, colon),
                          std::string_view(*whole).substr(colon + 1, whole->size() - colon - 2), 0};
    add_field(parsed_field(seen, *whole, whole));
    return *this;
}

message& message::set_unixfrom(std::optional<std::string> line) {
    if (line) check_text("the unixfrom line", *line);
    if (line && !line->starts_with("From ")) throw error(errc::bad_field_body, "no \"From \" line: " + shown(*line));
    unixfrom_ = line.value_or(std::string());
    return *this;
}

message::multipart_content& message::multipart_to_change(char const* verb) {
    settle();
    auto* all = std::get_if<multipart_content>(&content_);
    if (!all) throw error(errc::not_multipart, std::string(verb) + ": only a multipart has one");
    return *all;
}

message& message::set_preamble(std::optional<std::string> text) {
    multipart_to_change("set_preamble").preamble = text.value_or(std::string());
    return *this;
}

message& message::set_epilogue(std::optional<std::string> text) {
    multipart_to_change("set_epilogue").epilogue = text.value_or(std::string());
    return *this;
}

message& message::set_policy(mime::policy const& with) {
    policy_ = with;
    for (auto& part : inline_parts_) part.set_policy(with);
    for (auto& part : attachments_) part.set_policy(with);
    if (auto* all = std::get_if<multipart_content>(&content_))
        for (auto& part : all->parts) part.set_policy(with);
    if (auto* inner = std::get_if<message_content>(&content_)) {
        auto enclosed = *inner->enclosed;
        inner->enclosed = std::make_shared<message const>(std::move(enclosed.set_policy(with)));
    }
    return *this;
}

}  // namespace postrider::mime
