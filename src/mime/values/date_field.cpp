#include <postrider/mime/date_field.hpp>

namespace postrider::mime {

date_field parse_date_field(std::string_view field_body) {
    if (auto const date = codec::parse_date(field_body)) return {*date, {}};
    bool const empty = field_body.find_first_not_of(" \t\r\n") == field_body.npos;
    return {std::nullopt, {empty ? defect_kind::header_missing_required_value : defect_kind::invalid_date}};
}

}  // namespace postrider::mime
