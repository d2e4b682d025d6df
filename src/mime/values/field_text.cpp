#include "field_text.hpp"

#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/mime/field.hpp>

#include "../characters.hpp"
#include "../parse/visible.hpp"

namespace postrider::mime {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

std::string replace_controls(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (is_control(c))
            out += replacement;
        else
            out += c;
    }
    return out;
}

}  // namespace

field_text read_field_text(std::string_view field_body) {
    field_text read{unfold(field_body), {}};
    if (!codec::is_utf8(read.text)) {
        read.text = to_utf8(read.text);
        read.defects.push_back(defect_kind::undecodable_bytes);
    }
    if (std::any_of(read.text.begin(), read.text.end(), is_control)) {
        read.text = replace_controls(read.text);
        read.defects.push_back(defect_kind::non_printable);
    }
    return read;
}

bool was_repaired(std::string_view text) noexcept {
    return text.find(replacement) != text.npos;
}

void add_defect(std::vector<defect_kind>& defects, defect_kind kind) {
    if (std::find(defects.begin(), defects.end(), kind) == defects.end()) defects.push_back(kind);
}

}  // namespace postrider::mime
