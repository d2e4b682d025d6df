#include <postrider/folder/mbox.hpp>

#include "from_line.hpp"

namespace postrider::folder {

mbox_envelope parse_envelope_line(std::string_view line) {
    constexpr std::string_view blank = " \t";
    if (line.starts_with(from_word)) line.remove_prefix(from_word.size());
    line.remove_prefix(std::min(line.find_first_not_of(blank), line.size()));
    mbox_envelope told;
    told.address = line.substr(0, line.find_first_of(blank));
    line.remove_prefix(told.address.size());
    constexpr std::string_view uucp = " remote from ";  // what UUCP's rmail wrote behind the date
    if (auto const date = codec::parse_date(line.substr(0, line.find(uucp)))) told.date = *date;
    return told;
}

std::string format_envelope_line(std::string_view address, codec::time_point when) {
    std::string line(from_word);
    for (char c : address) line += c > ' ' && c < '\x7f' ? c : '?';
    if (address.empty()) line += "MAILER-DAEMON";
    // From "Sat, 21 Nov 2026 06:21:28 -0000" what asctime() writes: a day below ten has a blank in front.
    std::string const date = codec::format_date(when, std::nullopt);
    std::string day = date.substr(5, 2);
    if (day[0] == '0') day[0] = ' ';
    return line + ' ' + date.substr(0, 3) + ' ' + date.substr(8, 3) + ' ' + day + date.substr(16, 9) + ' ' +
           date.substr(12, 4);
}

}  // namespace postrider::folder
