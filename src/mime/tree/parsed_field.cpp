#include "parsed_field.hpp"

#include <postrider/mime/content_type.hpp>

#include "../field_kind.hpp"
#include "../parse/blanks.hpp"

namespace postrider::mime {
namespace {

// Where a parameter stands several times, the one that counts comes first: the others are left out.
parameterized with_parameters(structured_field const& read) {
    parameterized body{read.value, {}};
    for (auto const& one : read.parameters)
        if (read.find(one.name) == &one.value) body.parameters.emplace_back(one.name, one.value);
    return body;
}

field_body body_of(field_view const& seen) {
    switch (kind_of(seen.name).form) {
        case field_form::parameterized:
            return with_parameters(same_name(seen.name, "Content-Disposition") ? parse_content_disposition(seen.body)
                                                                               : parse_content_type(seen.body));
        case field_form::addresses:
            if (auto entries = parse_address_list(unfold(seen.body))) return std::move(*entries);
            break;
        case field_form::text:
        case field_form::tokens: break;
    }
    return decode_field(seen).value;
}

}  // namespace

field parsed_field(field_view const& seen, std::string_view whole, std::shared_ptr<void const> const& owner) {
    return {std::string(seen.name), body_of(seen), {owner, whole}};
}

std::string text_of(field const& one) {
    if (one.raw.octets.empty()) return to_string(one.body);
    auto const colon = one.raw.octets.find(':');
    auto body = one.raw.octets.substr(colon + 1);
    if (body.ends_with('\n')) body.remove_suffix(1);
    if (body.ends_with('\r')) body.remove_suffix(1);
    return decode_field({one.name, body, 0}).value;
}

}  // namespace postrider::mime
