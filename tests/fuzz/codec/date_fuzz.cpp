#include <postrider/codec/date.hpp>

#include "fuzzing.hpp"

using namespace postrider::codec;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const parsed = parse_date(octets_of(data, size));
    if (!parsed) return 0;
    auto const written = format_date(parsed->when, parsed->utc_offset);
    ALWAYS(written.size() == 31);
    // What lies behind the year 9999, by zone or leap second, is written as its last second.
    bool const in_reach = parsed->when > std::chrono::sys_days(std::chrono::year(0) / 1 / 2) &&
                          parsed->when < std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);
    auto const again = parse_date(written);
    ALWAYS(again.has_value());
    if (in_reach) ALWAYS(again->when == parsed->when && again->utc_offset == parsed->utc_offset);
    return 0;
}
