#include <postrider/mime/content_type.hpp>

#include <algorithm>
#include <postrider/codec/parameter.hpp>
#include <postrider/core/ascii.hpp>

#include "blanks.hpp"
#include "parameters.hpp"
#include "plain_field.hpp"

namespace postrider::mime {
namespace {

/// "text/" stays, as in Python: its owner is text/* all the same.
bool is_media_type(std::string_view value) noexcept {
    std::size_t const slash = value.find('/');
    if (slash == std::string_view::npos) return false;
    std::string_view const subtype = value.substr(slash + 1);
    return codec::is_token(value.substr(0, slash)) && (subtype.empty() || codec::is_token(subtype));
}

structured_field parse_field(std::string_view field_body, std::string_view charset_of_raw) {
    if (auto plain = read_plain_field(field_body)) return *std::move(plain);
    split_field split = split_parameters(field_body);
    structured_field field;
    field.defects = std::move(split.defects);
    field.parameters = join_sections(std::move(split.sections), charset_of_raw, field.defects);

    std::string_view const value = split.value;
    std::size_t const blank = std::min(value.find_first_of(" \t"), value.size());
    if (blank != value.size()) field.defects.push_back(defect_kind::invalid_header);
    field.value = ascii::lower(value.substr(0, blank));
    return field;
}

}  // namespace

std::string const* structured_field::find(std::string_view name) const noexcept {
    auto const found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](parsed_parameter const& parameter) { return parameter.name == name; });
    return found == parameters.end() ? nullptr : &found->value;
}

structured_field parse_content_type(std::string_view field_body, std::string_view charset_of_raw) {
    structured_field field = parse_field(field_body, charset_of_raw);
    if (is_media_type(field.value)) return field;
    field.value = "text/plain";
    field.defects.push_back(defect_kind::invalid_content_type);
    return field;
}

structured_field parse_content_disposition(std::string_view field_body, std::string_view charset_of_raw) {
    structured_field field = parse_field(field_body, charset_of_raw);
    if (codec::is_token(field.value)) return field;
    field.value.clear();
    field.defects.push_back(defect_kind::invalid_header);
    return field;
}

}  // namespace postrider::mime
