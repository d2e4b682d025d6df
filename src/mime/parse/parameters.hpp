#pragma once
#include <postrider/mime/content_type.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// One parameter as it is written, before sections are joined and charsets decoded.              RFC 2231 §7
///     parameter = attribute ["*" section-number] ["*"] "=" value
struct parameter_section {
    enum class form { extended, sectioned, plain };  // in the order in which they count

    std::string name;  ///< lower case, without asterisks
    form what = form::plain;
    bool percent_encoded = false;
    unsigned number = 0;
    std::size_t parameter = 0;  ///< which one of the field's it belongs to; join_sections counts them
    std::string value;          ///< unquoted
};

/// What stands in a field body before its first ";", and the sections behind it.
struct split_field {
    std::string value;  ///< without comments and outer blanks
    std::vector<parameter_section> sections;
    std::vector<defect_kind> defects;
};
split_field split_parameters(std::string_view field_body);

/// Sections sorted into parameters; raw octets in plain ones are read by read_raw_octets.
std::vector<parsed_parameter> join_sections(std::vector<parameter_section> sections, std::string_view charset_of_raw,
                                            std::vector<defect_kind>& defects);

}  // namespace postrider::mime
