#pragma once
#include <postrider/mime/calendar.hpp>
#include <string>
#include <string_view>

namespace postrider::mime {

/// What, when and where, for a reader without a calendar. `told` says what is the matter: "Invitation".
std::string describe(calendar_event const& event, std::string_view told);

}  // namespace postrider::mime
