#include "utc_time.hpp"

#include <array>
#include <cstdio>

namespace postrider::devserver {

std::string utc_time(std::chrono::system_clock::time_point when) {
    using namespace std::chrono;
    auto day = floor<days>(when);
    year_month_day date{day};
    hh_mm_ss time{floor<milliseconds>(when - day)};
    std::array<char, 64> text;
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
                  int(time.seconds().count()), int(time.subseconds().count()));
    return text.data();
}

}  // namespace postrider::devserver
