#include <postrider/mime/calendar.hpp>
#include <utility>

namespace postrider::mime {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::local_seconds on(int year, unsigned month, unsigned day, std::chrono::seconds time) noexcept {
    return std::chrono::local_days(std::chrono::year(year) / int(month) / int(day)) + time;
}

}  // namespace

calendar_zone fixed_zone(std::string id, std::chrono::seconds standard) {
    return {std::move(id), {{false, "", standard, standard, on(1970, 1, 1, 0h), ""}}};
}

// All clocks of the Union change at 1:00 UTC, on the last Sundays of March and October: directive 2000/84/EC.
calendar_zone european_zone(std::string id, std::chrono::seconds standard) {
    auto const summer = standard + 1h;
    return {std::move(id),
            {{true, "", standard, summer, on(1996, 3, 31, 1h + standard), "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"},
             {false, "", summer, standard, on(1996, 10, 27, 1h + summer), "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"}}};
}

// At 2:00 on the second Sunday of March and the first of November: Energy Policy Act of 2005.
calendar_zone american_zone(std::string id, std::chrono::seconds standard) {
    auto const summer = standard + 1h;
    return {std::move(id),
            {{true, "", standard, summer, on(2007, 3, 11, 2h), "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"},
             {false, "", summer, standard, on(2007, 11, 4, 2h), "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"}}};
}

}  // namespace postrider::mime
