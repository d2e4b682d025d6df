#include "parsed_field.hpp"

#include <algorithm>
#include <postrider/mime/content_type.hpp>

#include "../field_kind.hpp"
#include "../header_writer.hpp"
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

std::string_view raw_body(std::string_view whole) noexcept {
    auto body = whole.substr(std::min(whole.size(), whole.find(':') + 1));
    if (body.ends_with('\n')) body.remove_suffix(1);
    if (body.ends_with('\r')) body.remove_suffix(1);
    return body;
}

}  // namespace

field parsed_field(field_view const& seen, std::string_view whole, std::shared_ptr<void const> const& owner) {
    return {std::string(seen.name), body_of(seen), {owner, whole}};
}

std::string text_of(field const& one) {
    if (!one.is_raw()) return to_string(one.body);
    return decode_field({one.name, raw_body(one.raw.octets), 0}).value;
}

std::string raw_text_of(field const& one) {
    if (one.is_raw()) return std::string(trim_front(raw_body(one.raw.octets)));
    std::string written;
    header_writer(written).put(one);
    return std::string(trim_front(raw_body(written)));
}

}  // namespace postrider::mime
