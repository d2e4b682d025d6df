#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/tag_list.hpp>
#include <set>

#include "../parse/blanks.hpp"
#include "field_text.hpp"

namespace postrider::mime {
namespace {

/// tag-name = ALPHA *ALNUMPUNC; Autocrypt adds the hyphen.
bool is_tag_name(std::string_view name) noexcept {
    return !name.empty() && ascii::is_alpha(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) { return ascii::is_alnum(c) || c == '_' || c == '-'; });
}

}  // namespace

std::string const* tag_list::find(std::string_view name) const noexcept {
    auto const found = std::find_if(tags.begin(), tags.end(), [&](tag const& one) { return one.name == name; });
    return found == tags.end() ? nullptr : &found->value;
}

tag_list parse_tag_list(std::string_view field_body) {
    field_text const body = read_field_text(field_body);
    tag_list list;
    list.defects = body.defects;
    std::set<std::string_view> seen;
    for (std::string_view rest = body.text; !rest.empty();) {
        std::size_t const end = std::min(rest.find(';'), rest.size());
        std::string_view const spec = trim(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (spec.empty() && trim(rest).empty()) break;

        std::size_t const equals = std::min(spec.find('='), spec.size());
        std::string_view const name = trim_back(spec.substr(0, equals));
        if (equals == spec.size() || !is_tag_name(name)) {
            add_defect(list.defects, defect_kind::invalid_parameter);
            continue;
        }
        if (list.tags.size() == limits::listed_values) {
            list.defects.push_back(defect_kind::value_limit);
            break;
        }
        if (!seen.insert(name).second) add_defect(list.defects, defect_kind::duplicate_parameter);
        list.tags.push_back({std::string(name), std::string(trim_front(spec.substr(equals + 1)))});
    }
    return list;
}

std::string without_blanks(std::string_view value) {
    std::string packed(value);
    std::erase_if(packed, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return packed;
}

}  // namespace postrider::mime
