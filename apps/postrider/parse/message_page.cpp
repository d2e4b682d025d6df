#include "message_page.hpp"

#include <chrono>
#include <cstdio>
#include <postrider/mime/date_field.hpp>
#include <postrider/mime/tree.hpp>

namespace postrider::app {
namespace {

/// "2026-11-21 14:21:28 +0800", in the zone it was written in; what makes no sense stays as it is.
std::string readable_date(std::string const& written) {
    auto const read = mime::parse_date_field(written).value;
    if (!read) return written;
    auto const offset = read->utc_offset.value_or(std::chrono::seconds(0));
    auto const local = read->when + offset;
    auto const day = std::chrono::floor<std::chrono::days>(local);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(local - day);
    auto const minutes = std::chrono::abs(std::chrono::duration_cast<std::chrono::minutes>(offset)).count();
    char room[64];
    std::snprintf(room, sizeof room, "%04d-%02u-%02u %02d:%02d:%02d %c%02d%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()), offset.count() < 0 || !read->utc_offset ? '-' : '+',
                  static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
    return room;
}

std::string main_fields(mime::parsed_message const& message, palette const& paint) {
    std::string lines;
    for (std::string const name : {"From", "To", "Cc", "Subject", "Date"}) {
        auto value = message.root().value(name);
        if (!value) continue;
        if (name == "Date") value = readable_date(*value);
        std::string const safe = mime::terminal_safe(*value);
        lines += paint.faint(name + ':') + std::string(9 - name.size() - 1, ' ') +
                 (name == "Subject" ? paint.bold(safe) : safe) + '\n';
    }
    return lines;
}

std::string part_line(std::size_t number, std::size_t digits, mime::tree_line const& part, palette const& paint) {
    std::string const told = std::to_string(number);
    std::string line = paint.faint(std::string(digits - told.size(), ' ') + told) + "  " + paint.faint(part.branches) +
                       paint.cyan(part.content_type);
    if (!part.name.empty()) line += "  " + paint.green(part.name);
    if (!part.charset.empty()) line += "  " + part.charset;
    if (!part.size.empty()) line += "  " + part.size;
    line += '\n';
    for (mime::defect const& defect : part.defects)
        line += std::string(digits, ' ') + "  " +
                paint.red("! " + std::string(to_string(defect.kind)) + " at " + std::to_string(defect.offset)) + '\n';
    return line;
}

}  // namespace

std::string message_page(mime::parsed_message const& message, palette const& paint) {
    std::string page = main_fields(message, paint);
    if (!page.empty()) page += '\n';
    std::size_t const digits = std::to_string(message.part_count() - 1).size();
    std::size_t number = 0;
    for (mime::tree_line const& part : tree_lines(message)) page += part_line(number++, digits, part, paint);
    return page;
}

std::string header_lines(mime::parsed_part const& part, palette const& paint) {
    std::string lines;
    for (mime::field_view const& field : part.fields())
        lines += paint.faint(mime::terminal_safe(field.name) + ':') + ' ' +
                 mime::terminal_safe(mime::decode_field(field).value) + '\n';
    return lines;
}

std::string terminal_safe_text(std::string_view text) {
    std::string safe;
    for (std::size_t at = 0; at < text.size();) {
        auto const stop = std::min(text.find_first_of("\n\t", at), text.size());
        auto piece = text.substr(at, stop - at);
        if (piece.ends_with('\r') && stop < text.size() && text[stop] == '\n') piece.remove_suffix(1);
        safe += mime::terminal_safe(piece);
        if (stop < text.size()) safe += text[stop];
        at = stop + 1;
    }
    return safe;
}

}  // namespace postrider::app
