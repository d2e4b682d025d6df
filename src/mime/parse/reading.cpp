#include "reading.hpp"

#include <algorithm>
#include <postrider/codec/charset.hpp>

namespace postrider::mime {
namespace {

/// Each kind once: at its first place in the structure, else in the fields, else in the content.
void add(std::vector<defect>& defects, defect one) {
    auto const same = [&](defect const& known) { return known.kind == one.kind; };
    if (std::none_of(defects.begin(), defects.end(), same)) defects.push_back(one);
}

}  // namespace

whole_part read_whole(parsed_part const& part) {
    whole_part whole;
    whole.defects.assign(part.defects().begin(), part.defects().end());
    std::string charset;  // of raw octets, once there are any
    for (field_view const& field : part.fields()) {
        if (charset.empty() && !codec::is_utf8(field.body)) charset = part.header_charset();
        decoded_field decoded = decode_field(field, charset);
        for (defect_kind kind : decoded.defects) add(whole.defects, {kind, field.offset});
        if (same_name(field.name, "Content-Disposition"))
            for (defect_kind kind : parse_content_disposition(field.body, charset).defects)
                add(whole.defects, {kind, field.offset});
        whole.headers.emplace_back(field.name, std::move(decoded.value));
    }
    if (part.is_container()) return whole;

    whole.content = part.content();
    for (defect const& one : whole.content->defects) add(whole.defects, one);
    if (!part.is_text()) return whole;

    decoded_text text = part.text(*whole.content);
    for (defect const& one : text.defects) add(whole.defects, one);
    whole.text = std::move(text.text);
    return whole;
}

}  // namespace postrider::mime
