#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/content_language.hpp>

#include "field_text.hpp"
#include "tokens.hpp"

namespace postrider::mime {
namespace {

bool is_language_tag(std::string_view tag) noexcept {
    constexpr std::size_t longest = 255;
    return !tag.empty() && tag.size() <= longest && ascii::is_alpha(tag.front()) && tag.back() != '-' &&
           std::all_of(tag.begin(), tag.end(), [](char c) { return ascii::is_alnum(c) || c == '-'; });
}

}  // namespace

content_language parse_content_language(std::string_view field_body) {
    field_text const body = read_field_text(field_body);
    content_language found;
    found.defects = body.defects;
    token_reader tokens(body.text);
    for (tokens.skip_cfws(); !tokens.at_end(); tokens.skip_cfws()) {
        if (tokens.take(',')) continue;
        std::string_view const tag = tokens.take_word(",;");
        tokens.skip_cfws();
        if (tokens.peek() == ';') tokens.take_until(',');
        if (!is_language_tag(tag)) {
            add_defect(found.defects, defect_kind::invalid_header);
        } else if (found.tags.size() == limits::listed_values) {
            add_defect(found.defects, defect_kind::value_limit);
        } else {
            found.tags.emplace_back(tag);
        }
    }
    if (found.tags.empty() && found.defects.empty())
        found.defects.push_back(defect_kind::header_missing_required_value);
    return found;
}

}  // namespace postrider::mime
