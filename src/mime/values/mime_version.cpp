#include <postrider/mime/mime_version.hpp>

#include "field_text.hpp"
#include "tokens.hpp"

namespace postrider::mime {

mime_version parse_mime_version(std::string_view field_body) {
    field_text const body = read_field_text(field_body);
    mime_version found;
    found.defects = body.defects;
    token_reader tokens(body.text);
    tokens.skip_cfws();
    if (tokens.at_end()) {
        found.defects.push_back(defect_kind::header_missing_required_value);
        return found;
    }
    int const major = read_number(tokens.take_word("."));
    tokens.skip_cfws();
    bool const dotted = tokens.take('.');
    tokens.skip_cfws();
    int const minor = read_number(tokens.take_word({}));
    tokens.skip_cfws();
    bool const sound = major >= 0 && dotted && minor >= 0;
    if (sound) found.value = {major, minor};
    if (!sound || !tokens.at_end()) found.defects.push_back(defect_kind::invalid_header);
    return found;
}

}  // namespace postrider::mime
