#include <doctest/doctest.h>

#include <postrider/codec/date.hpp>
#include <string>

using namespace postrider;
using namespace postrider::codec;
using std::chrono::day, std::chrono::month, std::chrono::seconds, std::chrono::sys_days, std::chrono::year;
using namespace std::chrono_literals;

namespace {

constexpr time_point at(int y, unsigned m, unsigned d, seconds time_of_day = 0s) {
    return sys_days(year(y) / month(m) / day(d)) + time_of_day;
}

/// What a text reads as, written again; the error's name where it does not.
std::string again(std::string_view text) {
    auto const parsed = parse_date(text);
    return parsed                              ? format_date(parsed->when, parsed->utc_offset)
           : parsed.error() == errc::malformed ? "malformed"
                                               : "?";
}

}  // namespace

TEST_CASE("date: written as RFC 5322 has it") {
    auto const when = at(2026, 11, 20, 2h + 11min + 12s);
    CHECK(format_date(when, 8h) == "Fri, 20 Nov 2026 10:11:12 +0800");
    CHECK(format_date(when, 0s) == "Fri, 20 Nov 2026 02:11:12 +0000");
    CHECK(format_date(when, std::nullopt) == "Fri, 20 Nov 2026 02:11:12 -0000");
    CHECK(format_date(when, -(3h + 30min)) == "Thu, 19 Nov 2026 22:41:12 -0330");
    CHECK(format_date(when, 5h + 45min) == "Fri, 20 Nov 2026 07:56:12 +0545");
    CHECK(format_http_date(when) == "Fri, 20 Nov 2026 02:11:12 GMT");
    CHECK(format_date(at(2024, 2, 29), 0s) == "Thu, 29 Feb 2024 00:00:00 +0000");
    CHECK(format_date(at(1969, 12, 31, 23h), 0s) == "Wed, 31 Dec 1969 23:00:00 +0000");
}

TEST_CASE("date: 31 characters whatever the time and the zone") {
    for (auto when :
         {time_point::min(), at(-5, 1, 1), at(0, 1, 1), at(9999, 12, 31, 23h), at(30000, 1, 1), time_point::max()})
        for (auto offset : {-1000h, -24h, -1h, 0h, 14h, 1000h}) {
            char room[32];
            room[31] = '#';
            CHECK(format_date(when, offset, room) == room + 31);
            CHECK(room[31] == '#');
        }
}

TEST_CASE("date: an offset with seconds loses them, and the instant stays right") {
    for (seconds offset : {19min + 32s, -(19min + 32s), 59s, -1s}) {
        auto const when = at(1930, 6, 1, 12h);
        CHECK(parse_date(format_date(when, offset))->when == when);
    }
}

TEST_CASE("date: what is written reads back") {
    for (int days = 0; days < 40'000; days += 17)
        for (auto offset : {-12h, 0h, 8h}) {
            auto const when = at(1970, 1, 1, seconds(days) * 86'399);
            auto const parsed = parse_date(format_date(when, offset));
            REQUIRE(parsed.has_value());
            REQUIRE(parsed->when == when);
            REQUIRE(parsed->utc_offset == std::optional<seconds>(offset));
        }
}

TEST_CASE("date: the forms of RFC 5322, its obsolete ones, RFC 850 and asctime") {
    std::pair<char const*, char const*> const rows[] = {
        {"Fri, 21 Nov 1997 09:55:06 -0600", "Fri, 21 Nov 1997 09:55:06 -0600"},
        {"21 Nov 97 09:55:06 GMT", "Fri, 21 Nov 1997 09:55:06 +0000"},
        {"Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "Fri, 21 Nov 1997 09:55:06 -0600"},
        {"Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 (Newfoundland Time)",
         "Thu, 13 Feb 1969 23:32:00 -0330"},
        {"Friday, 20-Nov-26 10:11:12 GMT", "Fri, 20 Nov 2026 10:11:12 +0000"},
        {"Fri, 20-Nov-2026 10:11:12 GMT", "Fri, 20 Nov 2026 10:11:12 +0000"},
        {"Fri Nov 20 10:11:12 2026", "Fri, 20 Nov 2026 10:11:12 -0000"},
        {"Fri Nov  6 10:11:12 2026", "Fri, 06 Nov 2026 10:11:12 -0000"},
        {"Fri Nov 20 10:11:12 EST 2026", "Fri, 20 Nov 2026 10:11:12 -0500"},
        {"Fri Nov 20 10:11:12 2026 +0800", "Fri, 20 Nov 2026 10:11:12 +0800"},
        {"20 Nov 2026 10:11", "Fri, 20 Nov 2026 10:11:00 -0000"},
        {"20 Nov 2026 10.11.12 +0100", "Fri, 20 Nov 2026 10:11:12 +0100"},
        {"20 Nov 2026 10:11:12.345 +0100", "Fri, 20 Nov 2026 10:11:12 +0100"},
        {"fri, 20 nOV 2026 10:11:12 z", "Fri, 20 Nov 2026 10:11:12 +0000"},
        {"Friday, 20 November 2026 10:11:12 +0000", "Fri, 20 Nov 2026 10:11:12 +0000"},
        {"Fri,20 Nov 2026 10:11:12 +0800 (CST)", "Fri, 20 Nov 2026 10:11:12 +0800"},
        {"20 Nov 2026 10:11:12 GMT+0800", "Fri, 20 Nov 2026 10:11:12 +0800"},
        {"20 Nov 2026 10:11:12+0800", "Fri, 20 Nov 2026 10:11:12 +0800"},
        {"20 Nov 2026 10:11:12 -0000", "Fri, 20 Nov 2026 10:11:12 -0000"},
        {"20 Nov 2026 10:11:12 XYZ", "Fri, 20 Nov 2026 10:11:12 -0000"},
        {"20 Nov 2026 10:11:12 A", "Fri, 20 Nov 2026 10:11:12 -0000"},
        {"(a (nested \\) comment)) 20 Nov 2026 10:11:12 +0000", "Fri, 20 Nov 2026 10:11:12 +0000"},
        {"31 Dec 1998 23:59:60 +0000", "Fri, 01 Jan 1999 00:00:00 +0000"},
        {"2026-11-20T10:11:12Z", "Fri, 20 Nov 2026 10:11:12 +0000"},
        {"2026-11-20 10:11:12.5+08:00", "Fri, 20 Nov 2026 10:11:12 +0800"},
        {"2026-11-20T10:11:12-03:30", "Fri, 20 Nov 2026 10:11:12 -0330"},
        {"20 Nov 2026 10:11:12 -08:00", "Fri, 20 Nov 2026 10:11:12 -0800"},
        {"20 Nov 2026 10:11:12 +08", "Fri, 20 Nov 2026 10:11:12 +0800"},
        {"Friday, November 20, 2026 1:11 PM", "Fri, 20 Nov 2026 13:11:00 -0000"},
        {"Nov 20, 2026 12:11:12AM +0100", "Fri, 20 Nov 2026 00:11:12 +0100"},
        {"20 Nov 2026 12:11:12 PM", "Fri, 20 Nov 2026 12:11:12 -0000"},
        {"20 Nov 2026 22:11:12 PM", "Fri, 20 Nov 2026 22:11:12 -0000"},
        {"20 Nov 2026 10:11:12 Pacific Standard Time", "Fri, 20 Nov 2026 10:11:12 -0000"},
        {"20 Nov 2026 10:11:12 GMT Standard Time", "Fri, 20 Nov 2026 10:11:12 +0000"},
        {"20 Nov 2026 10:11:12 +0800 \xE4\xB8\xAD", "Fri, 20 Nov 2026 10:11:12 +0800"},
        {"20 Nov 2026 10:11:12 EST EDT", "Fri, 20 Nov 2026 10:11:12 -0500"},
        {"Lun, 20 Nov 2026 10:11:12 +0000", "Fri, 20 Nov 2026 10:11:12 +0000"},
    };
    for (auto const& [text, expected] : rows) {
        std::string const shown(text);
        CAPTURE(shown);
        CHECK(again(text) == expected);
    }
}

TEST_CASE("date: two-digit years turn at 69, three-digit ones count from 1900") {
    CHECK(again("1 Jan 68 00:00:00 +0000") == "Sun, 01 Jan 2068 00:00:00 +0000");
    CHECK(again("1 Jan 69 00:00:00 +0000") == "Wed, 01 Jan 1969 00:00:00 +0000");
    CHECK(again("1 Jan 00 00:00:00 +0000") == "Sat, 01 Jan 2000 00:00:00 +0000");
    CHECK(again("1 Jan 126 00:00:00 +0000") == "Thu, 01 Jan 2026 00:00:00 +0000");
}

TEST_CASE("date: the named zones") {
    std::pair<char const*, char const*> const zones[] = {
        {"UT", "+0000"},  {"GMT", "+0000"}, {"UTC", "+0000"}, {"EST", "-0500"}, {"EDT", "-0400"}, {"CST", "-0600"},
        {"CDT", "-0500"}, {"MST", "-0700"}, {"MDT", "-0600"}, {"PST", "-0800"}, {"PDT", "-0700"}};
    for (auto const& [name, offset] : zones)
        CHECK(again(std::string("20 Nov 2026 10:11:12 ") + name) == std::string("Fri, 20 Nov 2026 10:11:12 ") + offset);
}

TEST_CASE("hazard 114: days that do not exist, years and zones out of range are no dates") {
    for (std::string_view text : {"",
                                  " ",
                                  "()",
                                  "(",
                                  "-",
                                  "+",
                                  "Fri",
                                  "31 Feb 2026 10:11:12 +0000",
                                  "29 Feb 2025 10:11:12 +0000",
                                  "0 Jan 2026 10:11:12 +0000",
                                  "32 Jan 2026 10:11:12 +0000",
                                  "20 Nov 99999 10:11:12 +0000",
                                  "20 Nov 2026 10:11:12 +9999",
                                  "20 Nov 2026 10:11:12 +0060",
                                  "20 Nov 2026 10:11:12 +2400",
                                  "20 Bad 2026 10:11:12 +0000",
                                  "20 Nov 2026 24:00:00 +0000",
                                  "20 Nov 2026 10:60:12 +0000",
                                  "20 Nov 2026 10:11:61 +0000",
                                  "20 Nov 2026 10 +0000",
                                  "20 Nov 2026",
                                  "Nov 2026 10:11:12",
                                  "20 2026 10:11:12",
                                  "20 Nov 10:11:12",
                                  "20 Nov 2026 10:11:12 +0000 +0100",
                                  "20 Nov 2026 10:11:12 10:11:13",
                                  "20 Nov Dec 2026 10:11:12",
                                  "20 Nov 2026 2027 10:11:12",
                                  "20 Nov 2026 1:2:3:4",
                                  "20 Nov 2026 ::",
                                  "2026-11-20",
                                  "2026-13-20T10:11:12Z",
                                  "2026-02-30T10:11:12Z",
                                  "20 Nov 2026 10:11:12 +8:00",
                                  "20 Nov 2026 10:11:12 +08:0",
                                  "20 Nov 10:11:12 AM PM PM"}) {
        std::string const shown(text);
        CAPTURE(shown);
        CHECK(again(text) == "malformed");
    }
    CHECK(again(std::string_view("20 Nov 2026 10:11:12\0", 21)) == "malformed");
}

TEST_CASE("hazard 101: a hundred thousand open comments take no stack and little time") {
    CHECK(again(std::string(100'000, '(')) == "malformed");
    CHECK(again(std::string(100'000, '(') + std::string(100'000, ')') + "20 Nov 2026 10:11:12 +0000") ==
          "Fri, 20 Nov 2026 10:11:12 +0000");
    CHECK(again("20 Nov 2026 10:11:12 " + std::string(100'000, '-')) == "Fri, 20 Nov 2026 10:11:12 -0000");
}
