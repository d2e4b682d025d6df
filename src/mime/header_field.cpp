#include <postrider/codec/charset.hpp>
#include <postrider/codec/parameter.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/header_field.hpp>

#include "characters.hpp"
#include "phrase.hpp"

namespace postrider::mime {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string name_for_people(std::string_view name) {
    std::string text;
    if (form_of(name, true) == phrase_form::atoms)
        text = name;
    else
        append_quoted_string(text, name);
    return text;
}

std::string to_text(std::vector<mailbox> const& list) {
    std::string text;
    for (auto const& one : list) {
        if (!text.empty()) text += ", ";
        text += one.name.empty() ? one.address : name_for_people(one.name) + " <" + one.address + '>';
    }
    return text;
}

struct as_text {
    std::string operator()(std::string const& text) const { return text; }

    std::string operator()(std::vector<address_entry> const& entries) const {
        std::string text;
        for (auto const& entry : entries) {
            if (!text.empty()) text += ", ";
            text += entry.is_group ? name_for_people(entry.name) + ": " + to_text(entry.mailboxes) + ';'
                                   : to_text(entry.mailboxes);
        }
        return text;
    }

    std::string operator()(parameterized const& body) const {
        std::string text = body.value;
        for (auto const& one : body.parameters) {
            text += "; " + one.name;
            if (!one.value) continue;
            text += '=';
            if (codec::is_token(*one.value))
                text += *one.value;
            else
                append_quoted_string(text, *one.value);
        }
        return text;
    }
};

/// Reads `;attribute=value` after `;attribute=value`.
class parameter_reader {
public:
    explicit parameter_reader(std::string_view text) noexcept : rest_(text) {}

    result<std::vector<parameter>> read() {
        std::vector<parameter> all;
        while (skip_separators()) {
            auto name = rest_.substr(0, rest_.find_first_of("=; \t"));
            if (!codec::is_token(name)) return bad();
            rest_.remove_prefix(name.size());
            auto value = read_value();
            if (!value) return value.error();
            if (auto ec = add(all, name, std::move(*value))) return ec;
        }
        if (!rest_.empty()) return bad();
        return all;
    }

private:
    static error_code bad() { return make_error_code(errc::bad_field_body); }

    bool skip_separators() noexcept {
        rest_ = trimmed(rest_);
        bool any = false;
        for (; !rest_.empty() && rest_.front() == ';'; rest_ = trimmed(rest_.substr(1))) any = true;
        return any && !rest_.empty();
    }

    result<std::optional<std::string>> read_value() {
        rest_ = trimmed(rest_);
        if (rest_.empty() || rest_.front() != '=') return std::optional<std::string>();
        rest_ = trimmed(rest_.substr(1));
        if (!rest_.empty() && rest_.front() == '"') return read_quoted();
        auto value = trimmed(rest_.substr(0, rest_.find(';')));
        rest_.remove_prefix(std::min(rest_.size(), rest_.find(';')));
        if (value.empty() || value.find_first_of("\" \t") != value.npos) return bad();
        return std::optional<std::string>(value);
    }

    result<std::optional<std::string>> read_quoted() {
        std::string value;
        std::size_t i = 1;
        for (; i < rest_.size() && rest_[i] != '"'; ++i) {
            if (rest_[i] == '\\' && ++i == rest_.size()) return bad();
            value += rest_[i];
        }
        if (i >= rest_.size()) return bad();
        rest_.remove_prefix(i + 1);
        return std::optional<std::string>(std::move(value));
    }

    // `name*=charset'language'percent-encoded` becomes the parameter `name`.
    static error_code add(std::vector<parameter>& all, std::string_view name, std::optional<std::string> value) {
        if (name.back() != '*' || !value) {
            value ? all.emplace_back(std::string(name), std::move(*value)) : all.emplace_back(std::string(name));
            return {};
        }
        auto decoded = codec::decode_extended_value(*value);
        if (!decoded) return bad();
        name.remove_suffix(1);
        if (name.empty() || look_at(*decoded).control) return bad();
        all.emplace_back(std::string(name), std::move(*decoded));
        return {};
    }

    std::string_view rest_;
};

}  // namespace

parameter const* parameterized::find(std::string_view name) const noexcept {
    for (auto const& one : parameters)
        if (ascii::equal_without_case(one.name, name)) return &one;
    return nullptr;
}

std::string to_string(field_body const& body) {
    return std::visit(as_text{}, body);
}

result<parameterized> parse_parameterized(std::string_view text) {
    auto octets = look_at(text);
    if (octets.control) return make_error_code(errc::control_character);
    if (octets.beyond_ascii && !codec::is_utf8(text)) return make_error_code(errc::bad_field_body);
    auto value = trimmed(text.substr(0, text.find(';')));
    if (value.empty() || value.find_first_of(" \t\"=<>@,") != value.npos || !codec::is_ascii(value))
        return make_error_code(errc::bad_field_body);
    auto parameters = parameter_reader(text.substr(std::min(text.size(), text.find(';')))).read();
    if (!parameters) return parameters.error();
    return parameterized{std::string(value), std::move(*parameters)};
}

}  // namespace postrider::mime
