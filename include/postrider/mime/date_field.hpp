#pragma once
#include <optional>
#include <postrider/codec/date.hpp>
#include <postrider/mime/defect.hpp>
#include <string_view>
#include <vector>

/// The date-time of Date, Resent-Date and the like, as mail has it.                               RFC 5322 §3.3, §4.3
namespace postrider::mime {

struct date_field {
    /// The instant, and the offset it was written with (none for -0000 and for zones that nobody knows).
    std::optional<codec::date_time> value;
    std::vector<defect_kind> defects;  ///< header_missing_required_value or invalid_date, when there is no value
};

/// Total. `field_body` as it stands in the message, folded or not.
date_field parse_date_field(std::string_view field_body);

}  // namespace postrider::mime
