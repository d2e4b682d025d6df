#include <algorithm>
#include <iterator>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/media_type.hpp>
#include <postrider/mime/safe_name.hpp>

#include "../parse/visible.hpp"
#include "characters_of_utf8.hpp"
#include "fitted_name.hpp"

namespace postrider::mime {
namespace {

struct number_range {
    char32_t first;
    char32_t last;
};

// Controls, what has no width, and what turns the direction of writing ("exe.fdp" shown as "pdf.exe"). The joiners
// U+200C and U+200D stay: Persian and emoji need them.                                            Unicode UAX 9, UTS 39
constexpr number_range unseen[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x34F, 0x34F},     {0x61C, 0x61C},     {0x180E, 0x180E},
    {0x200B, 0x200B}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFB},
    {0xFFFE, 0xFFFF}, {0xE000, 0xF8FF}, {0xFDD0, 0xFDEF}, {0xE0000, 0xE007F}, {0xF0000, 0x10FFFF}};

bool is_unseen(char32_t number) noexcept {
    return std::any_of(std::begin(unseen), std::end(unseen),
                       [number](number_range range) { return range.first <= number && number <= range.last; });
}

// A conversion to an old charset can make a slash of each of these.
constexpr char32_t slash_alikes[] = {0x2044, 0x2215, 0x29F5, 0x29F8, 0xFE68, 0xFF0F, 0xFF3C};

bool is_troublesome(char32_t number) noexcept {
    if (number < 0x80) return std::string_view("<>:\"|?*/\\").find(static_cast<char>(number)) != std::string_view::npos;
    return std::find(std::begin(slash_alikes), std::end(slash_alikes), number) != std::end(slash_alikes);
}

bool is_wide_blank(char32_t number) noexcept {
    return number == 0xA0 || number == 0x1680 || (number >= 0x2000 && number <= 0x200A) || number == 0x202F ||
           number == 0x205F || number == 0x3000;
}

std::string_view last_component(std::string_view path) noexcept {
    while (!path.empty() && (path.back() == '/' || path.back() == '\\')) path.remove_suffix(1);
    auto const separator = path.find_last_of("/\\");
    return separator == path.npos ? path : path.substr(separator + 1);
}

// One blank for each run: many of them push the ending out of sight ("photo.jpg            .exe").
std::string plain_characters(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const [number, octets] = first_character(text);
        bool const blank = number == ' ' || is_wide_blank(number);
        if (blank || number == '\t' || number == '\n' || number == '\r') {
            if (!out.ends_with(' ')) out += ' ';
        } else if (is_troublesome(number)) {
            out += '_';
        } else if (!is_unseen(number)) {
            out += text.substr(0, octets);
        }
        text.remove_prefix(octets);
    }
    return out;
}

void trim(std::string& name) {
    name.erase(0, std::min(name.find_first_not_of(" .-"), name.size()));
    name.erase(name.find_last_not_of(" .") + 1);
}

// With any ending, or none, these name devices: CON, COM1 to COM9, LPT¹ and the like.
bool is_device(std::string_view name) {
    auto stem = ascii::upper(name.substr(0, name.find('.')));
    stem.erase(stem.find_last_not_of(' ') + 1);
    for (std::string_view device : {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"})
        if (stem == device) return true;
    if (!stem.starts_with("COM") && !stem.starts_with("LPT")) return false;
    auto const digit = std::string_view(stem).substr(3);
    return (digit.size() == 1 && ascii::is_digit(digit[0])) || digit == "¹" || digit == "²" || digit == "³";
}

std::string name_for(std::string_view content_type) {
    auto const ending = ending_of_type(content_type.substr(0, content_type.find(';')));
    return ending.empty() ? "attachment" : "attachment." + std::string(ending);
}

}  // namespace

std::string safe_file_name(std::string_view wanted, std::string_view content_type) {
    auto name = plain_characters(last_component(to_utf8(wanted)));
    trim(name);
    if (name.empty()) return name_for(content_type);
    if (is_device(name)) name.insert(0, 1, '_');
    return fitted_name(name, {});
}

}  // namespace postrider::mime
